import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { until } from './shell.ts';

// What a person does in a VS Code window and what they see there. Everything goes through the keyboard, the mouse and the text on the screen.

/** Where pictures of a run are kept. */
export const screenshots = join('out', 'screenshots');

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

const picker = (page: Page): Locator => page.locator('.quick-input-widget:visible');
const pickerRows = (page: Page): Locator => picker(page).locator('.quick-input-list .monaco-list-row');

/** The labels the open quick pick shows, without their category. */
export async function picks(page: Page): Promise<string[]> {
  await picker(page).waitFor();
  const labels = await pickerRows(page).locator('.quick-input-list-rows > .quick-input-list-row:first-child .label-name').allInnerTexts();
  return labels.map((label) => label.trim());
}

/** Opens the palette, types, and answers what it offers. Close it with Escape or choose with `pick`. */
export async function searchPalette(page: Page, text: string): Promise<string[]> {
  await page.keyboard.press('F1');
  const input = picker(page).locator('input');
  await input.waitFor();
  await input.fill(`>${text}`);
  await until(`the palette's answer to «${text}»`, async () => (await pickerRows(page).count()) > 0);
  return picks(page);
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

/** Opens a file by its path in the workspace and waits until its editor has the keyboard. */
export async function openFile(page: Page, path: string): Promise<void> {
  const [base = '', ...folders] = path.split('/').reverse();
  const name = [base, folders.reverse().join('/')].filter(Boolean).join(' ');
  const place = async (): Promise<number> => {
    const labels = await pickerRows(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    return labels.findIndex((label) => label.replace(/, [a-z ]+$/, '') === name);
  };
  await until(
    `${path} among the files`,
    async () => {
      const input = picker(page).locator('input');
      if (!(await input.count())) await page.keyboard.press('Control+P');
      await input.fill(path, { timeout: 2000 }).catch(() => undefined);
      const at = await place();
      if (at < 0) return false;
      // The list may still change under the mouse: then again.
      return pickerRows(page)
        .nth(at)
        .click({ timeout: 2000 })
        .then(
          () => true,
          () => false,
        );
    },
    30_000,
    250,
  );
  await page.locator(`.tab.active[data-resource-name="${base}"]`).waitFor();
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

/** Puts the cursor on a line and column, both from 1. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press('Control+G');
  await picker(page).locator('input').fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await picker(page).waitFor({ state: 'hidden' });
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

/** Types at the cursor, key by key, as a person does. */
export async function typeInEditor(page: Page, text: string): Promise<void> {
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  await page.keyboard.type(text, { delay: 15 });
}

/** The lines of the active editor that are on the screen. */
export async function visibleLines(page: Page): Promise<string[]> {
  const lines = await page.locator('.editor-group-container.active .editor-instance .view-line').evaluateAll((nodes) =>
    nodes
      .map((node) => ({ top: (node as HTMLElement).offsetTop, text: node.textContent }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
  return lines.map((line) => line.replaceAll('\u00a0', ' '));
}

/** Shows what the hover at the cursor says, once all who answer have answered. */
export async function hoverText(page: Page): Promise<string> {
  const hover = page.locator('.monaco-editor .monaco-hover:visible .monaco-hover-content');
  let text = '';
  await until(
    'a hover that stays as it is',
    async () => {
      if (!(await hover.count())) {
        await page.keyboard.press('Control+K');
        await page.keyboard.press('Control+I');
      }
      const before = text;
      text = (await hover.allInnerTexts()).join('\n').trim();
      return text !== '' && text === before && !text.includes('Loading...');
    },
    30_000,
    400,
  );
  return text;
}

/** Asks for completions at the cursor and answers the labels on the screen. */
export async function completions(page: Page): Promise<string[]> {
  const rows = page.locator('.suggest-widget.visible .monaco-list-row');
  await until('completions', async () => {
    await page.keyboard.press('Control+Space');
    return rows
      .first()
      .waitFor({ timeout: 2000 })
      .then(
        () => true,
        () => false,
      );
  });
  return (await rows.locator('.label-name').allInnerTexts()).map((label) => label.trim());
}

const actions = (page: Page): Locator => page.locator('.action-widget .monaco-list-row.action');

/** The quick fixes offered at the cursor; the menu stays open. */
export async function quickFixes(page: Page): Promise<string[]> {
  await until('quick fixes', async () => {
    await page.keyboard.press('Control+.');
    return actions(page)
      .first()
      .waitFor({ timeout: 2000 })
      .then(
        () => true,
        () => false,
      );
  });
  return (await actions(page).allInnerTexts()).map((title) => title.trim());
}

/** Applies the quick fix whose title has these words. */
export async function applyFix(page: Page, title: string): Promise<void> {
  const offered = await quickFixes(page);
  if (!offered.some((one) => one.includes(title))) throw new Error(`No fix «${title}»; offered: ${offered.join(' | ')}`);
  await actions(page).filter({ hasText: title }).first().click();
}

/** What the Problems panel lists: severity, message, source and code, place. */
export interface ShownProblem {
  readonly severity: string;
  readonly message: string;
  readonly source: string;
  readonly code: string;
  readonly line: number;
  readonly column: number;
}

/** Opens the Problems panel and reads it. */
export async function problems(page: Page): Promise<ShownProblem[]> {
  const panel = page.locator('.markers-panel');
  if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+M');
  await panel.waitFor();
  const rows = panel.locator('.monaco-list-row');
  const read = await rows.evaluateAll((nodes) =>
    nodes.map((node) => ({
      icon: [...node.querySelectorAll('.codicon')].map((icon) => icon.className).join(' '),
      message: node.querySelector('.marker-message')?.textContent ?? '',
      source: node.querySelector('.marker-source')?.textContent ?? '',
      code: node.querySelector('.marker-code')?.textContent ?? '',
      place: node.querySelector('.marker-line')?.textContent ?? '',
    })),
  );
  return read
    .filter(({ message }) => message)
    .map(({ icon, message, source, code, place }) => {
      const [, line = '0', column = '0'] = /(\d+)\D+(\d+)/.exec(place) ?? [];
      const severity = /codicon-(error|warning|info)/.exec(icon)?.[1] ?? '';
      return { severity, message, source, code: code.replace(/^\(|\)$/g, ''), line: Number(line), column: Number(column) };
    });
}

/** Waits until the Problems panel satisfies, and answers it. */
export async function problemsWhen(page: Page, satisfied: (shown: readonly ShownProblem[]) => boolean): Promise<ShownProblem[]> {
  let shown: ShownProblem[] = [];
  await until('the wanted problems', async () => satisfied((shown = await problems(page))), 20_000, 200).catch((error: unknown) => {
    throw new Error(`The Problems panel shows ${JSON.stringify(shown, null, 1)}`, { cause: error });
  });
  return shown;
}

/** Opens a container of views by what its icon in the activity bar is called. */
export async function openViews(page: Page, title: string): Promise<void> {
  const icon = page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`);
  await icon.first().waitFor();
  const chosen = page.locator(`.activitybar .action-item.checked:has(.action-label[aria-label^="${title}"])`);
  // A click on what is open already closes it: then again.
  await until(
    `${title} is open`,
    async () => {
      if (await chosen.count()) return true;
      await icon.first().click();
      return false;
    },
    30_000,
    1000,
  );
}

/** One row of a tree, as it is shown. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** The codicon's name, or the file name of an image; empty without one. */
  readonly icon: string;
  /** The icon's colour as the browser computes it. */
  readonly colour: string;
  readonly level: number;
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
}

const pane = (page: Page, view: string): Locator =>
  page.locator('.sidebar .pane', { has: page.locator(`.pane-header[aria-label^="${view}"]`) });
const rowsOf = (page: Page, view: string): Locator => pane(page, view).locator('.monaco-list-row');
const rowOf = (page: Page, view: string, label: string): Locator =>
  rowsOf(page, view)
    .filter({ has: page.locator('.label-name', { hasText: label }) })
    .first();

/** Opens a collapsed view. */
export async function expandView(page: Page, view: string): Promise<void> {
  const header = pane(page, view).locator('.pane-header');
  await header.waitFor();
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
}

/** Closes a view again, so that the others have its room: rows that are scrolled away are not on the screen. */
export async function collapseView(page: Page, view: string): Promise<void> {
  const header = pane(page, view).locator('.pane-header');
  if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
}

/** Reads the rows of a view. */
export async function tree(page: Page, view: string): Promise<TreeRow[]> {
  await expandView(page, view);
  return rowsOf(page, view).evaluateAll((nodes) =>
    nodes.map((node) => {
      const icon = node.querySelector<HTMLElement>('.custom-view-tree-node-item-icon');
      const image = icon ? /([^/"]+)\.svg/.exec(getComputedStyle(icon).backgroundImage)?.[1] : undefined;
      const expanded = node.getAttribute('aria-expanded');
      return {
        label: node.querySelector('.label-name')?.textContent ?? '',
        description: node.querySelector('.label-description')?.textContent ?? '',
        icon: /codicon-([\w-]+)/.exec(icon?.className ?? '')?.[1] ?? image ?? '',
        colour: icon ? getComputedStyle(icon).color : '',
        level: Number(node.getAttribute('aria-level')),
        expanded: expanded === null ? undefined : expanded === 'true',
        selected: node.getAttribute('aria-selected') === 'true',
      };
    }),
  );
}

/** Waits until a view's rows satisfy, and answers them. */
export async function treeWhen(
  page: Page,
  view: string,
  satisfied: (rows: readonly TreeRow[]) => boolean,
  timeout = 15_000,
): Promise<TreeRow[]> {
  let rows: TreeRow[] = [];
  await until(`the wanted rows of ${view}`, async () => satisfied((rows = await tree(page, view))), timeout).catch((error: unknown) => {
    throw new Error(`${view} shows ${JSON.stringify(rows, null, 1)}`, { cause: error });
  });
  return rows;
}

/** Waits until a view has stopped changing, as a person does before clicking. */
export async function settled(page: Page, view: string): Promise<void> {
  let before = '';
  await until(
    `rest in ${view}`,
    async () => {
      const last = before;
      before = JSON.stringify(await tree(page, view));
      return before === last;
    },
    15_000,
    500,
  );
}

/** Opens a row, or closes it. */
export async function expandRow(page: Page, view: string, label: string, open = true): Promise<void> {
  const row = rowOf(page, view, label);
  const wanted = String(open);
  if ((await row.getAttribute('aria-expanded')) !== wanted) await row.locator('.monaco-tl-twistie').click();
  await until(`${label} is ${open ? 'expanded' : 'collapsed'}`, async () => (await row.getAttribute('aria-expanded')) === wanted);
}

export const clickRow = (page: Page, view: string, label: string): Promise<void> => rowOf(page, view, label).click();

/** Clicks an icon that appears on a row under the mouse; impatient people click it twice. */
export async function clickInline(page: Page, view: string, label: string, action: string, clicks = 1): Promise<void> {
  const row = rowOf(page, view, label);
  await row.hover();
  await row.locator(`.actions .action-label[aria-label^="${action}"]`).click({ clickCount: clicks });
}

/** Clicks an icon in a view's own title. */
export async function clickTitle(page: Page, view: string, action: string): Promise<void> {
  await pane(page, view).locator('.pane-header').hover();
  await pane(page, view).locator(`.pane-header .action-label[aria-label^="${action}"]`).click();
}

const menuItems = (page: Page): Locator => page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');

/** Opens a row's context menu; answers its titles and, where one is named, chooses it. */
export async function contextMenu(page: Page, view: string, label: string, choose?: string): Promise<string[]> {
  await rowOf(page, view, label).click({ button: 'right' });
  await menuItems(page).first().waitFor();
  // A menu ignores the mouse for its first moments, lest the click that opened it choose something.
  await page.waitForTimeout(250);
  const titles = (await menuItems(page).allInnerTexts()).map((title) => title.trim()).filter(Boolean);
  if (choose === undefined) await page.keyboard.press('Escape');
  else if (!titles.includes(choose)) throw new Error(`The menu of ${label} has no «${choose}»; it has: ${titles.join(' | ')}`);
  else await menuItems(page).getByText(choose, { exact: true }).click();
  return titles;
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
