import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { until } from './shell.ts';

// What a person does in a VS Code window and what they see there. Everything goes through the keyboard, the mouse and the text on the screen.

/** Where pictures of a run are kept. */
const screenshots = join('out', 'screenshots');

export async function openWorkbench(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await restored(page);
}

/** Loads the window again, as the command Reload Window does. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await restored(page);
  // The sidebar that was open is chosen late; clicking its icon before would close it.
  await page.waitForSelector('.activitybar .action-item.checked', { timeout: 60_000 });
}

async function restored(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .activitybar .action-item', { timeout: 60_000 });
  await page.waitForSelector('.monaco-workbench .statusbar-item', { timeout: 60_000 });
  // The problem counts appear once the workbench has been restored and takes keys.
  await page.waitForSelector('#status\\.problems', { timeout: 60_000 });
}

export const picker = (page: Page): Locator => page.locator('.quick-input-widget:visible');
export const pickerRows = (page: Page): Locator => picker(page).locator('.quick-input-list .monaco-list-row');

/** The labels the open quick pick shows, without their category. */
export async function picks(page: Page): Promise<string[]> {
  await picker(page).waitFor();
  const labels = await pickerRows(page).locator('.quick-input-list-rows > .quick-input-list-row:first-child .label-name').allInnerTexts();
  return labels.map((label) => label.trim());
}

/** Opens the palette, types, and answers what it offers. Close it with Escape or choose with `pick`. */
export async function searchPalette(page: Page, text: string): Promise<string[]> {
  const input = picker(page).locator('input');
  for (let left = 4; ; left--) {
    await page.keyboard.press('F1');
    try {
      await input.fill(`>${text}`, { timeout: 5_000 });
      await until(`the palette's answer to «${text}»`, async () => (await pickerRows(page).count()) > 0, 10_000);
      return await picks(page);
    } catch (error) {
      // What takes the keyboard closes the palette: an editor that has just been chosen, a view that opens late.
      if (!left) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Runs a command by the title the palette shows, its category included: `ML Containers: Build Image…`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const found = (await searchPalette(page, title)).indexOf(title);
  if (found < 0) {
    const offered = await picks(page);
    await page.keyboard.press('Escape');
    throw new Error(`The palette has no «${title}»; it offers: ${offered.join(' | ')}`);
  }
  await pickerRows(page).nth(found).click();
  // The command may open a picker of its own.
  const typed = (): Promise<string | undefined> =>
    picker(page)
      .locator('input')
      .evaluateAll((inputs) => (inputs[0] as HTMLInputElement | undefined)?.value);
  await until('the end of the palette', async () => (await typed()) !== `>${title}`);
}

/** Chooses a row of the open quick pick by a part of its text. */
export async function pick(page: Page, label: string | RegExp): Promise<void> {
  await pickerRows(page).filter({ hasText: label }).first().click();
}

/** Types into the open input box and accepts it. */
export async function answer(page: Page, text: string): Promise<void> {
  const input = picker(page).locator('input');
  await input.waitFor();
  await input.fill(text);
  await page.keyboard.press('Enter');
}

/** Answers the dialog that asks where to save; it takes paths once it has proposed one. */
export async function saveAs(page: Page, path: string): Promise<void> {
  await until('a proposed path', async () => (await picker(page).locator('input').inputValue()).includes('/'));
  await page.waitForTimeout(300);
  await answer(page, path);
}

/** What the notifications on the screen say. */
export async function notifications(page: Page): Promise<string[]> {
  return (await page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts()).map((text) => text.trim());
}

/** Waits for a notification with these words. */
export async function notification(page: Page, words: string): Promise<string> {
  const shown = page.locator('.notifications-toasts .notification-list-item-message', { hasText: words }).first();
  await shown.waitFor();
  return (await shown.innerText()).trim();
}

/** Presses a button of a notification or of a modal dialog. */
export async function pressButton(page: Page, title: string): Promise<void> {
  await page
    .locator('.notifications-toasts .monaco-button:visible, .monaco-dialog-box .monaco-button:visible')
    .getByText(title, { exact: true })
    .first()
    .click();
}

/** Closes whatever hangs over the editor: suggestions, menus, hovers, pickers. */
export async function closeMenus(page: Page): Promise<void> {
  for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
}

/** Goes back to a window with no editor, no notification and nothing unsaved. */
export async function closeEditors(page: Page): Promise<void> {
  await closeMenus(page);
  while (await page.locator('.tab.dirty').count()) {
    await page.locator('.tab.dirty').first().click();
    await runCommand(page, 'File: Revert File');
    await until('nothing unsaved', async () => !(await page.locator('.tab.active.dirty').count()));
  }
  if (await page.locator('.tab').count()) await runCommand(page, 'View: Close All Editors');
  await page.locator('.tab').first().waitFor({ state: 'detached' });
  if (await page.locator('.notifications-toasts .notification-list-item').count())
    await runCommand(page, 'Notifications: Clear All Notifications');
}

/** Themes by what they are for. */
export const themes = {
  light: { name: 'Light 2026', mark: 'vs' },
  dark: { name: 'Dark 2026', mark: 'vs-dark' },
  'high-contrast': { name: 'Dark High Contrast', mark: 'hc-black' },
  'high-contrast-light': { name: 'Light High Contrast', mark: 'hc-light' },
} as const;

/** Changes the colours and waits until they are there. */
export async function setTheme(page: Page, theme: keyof typeof themes): Promise<void> {
  const { name, mark } = themes[theme];
  const wanted = page.locator(`.monaco-workbench.${mark}`);
  if (await wanted.count()) return;
  await runCommand(page, 'Preferences: Color Theme');
  await answer(page, name);
  await wanted.waitFor();
}

/** Leaves a picture of the window among the run's artefacts; answers its path. `still` keeps the pointer, and so a hover, where it is. */
export async function screenshot(page: Page, name: string, { still = false } = {}): Promise<string> {
  mkdirSync(screenshots, { recursive: true });
  const path = join(screenshots, `${name}.png`);
  if (!still) await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  await page.screenshot({ path });
  return path;
}

/** The document inside the webview that is shown; `title` tells several apart. */
export function webview(page: Page, title?: string): ReturnType<Page['frameLocator']> {
  const outer = title === undefined ? 'iframe.webview.ready:visible' : `iframe.webview.ready[title="${title}"]`;
  return page.frameLocator(outer).frameLocator('iframe#active-frame');
}
