import type { Locator, Page } from 'playwright-core';
import { until } from './shell.ts';

// What a person does in the sidebar, and what they see there.

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
async function expandView(page: Page, view: string): Promise<void> {
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
