import type { Locator, Page } from 'playwright-core';
import { until } from './shell.ts';
import { picker, pickerRows } from './workbench.ts';

// What a person does in the editor and the Problems panel, and what they see there.

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
async function quickFixes(page: Page): Promise<string[]> {
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
