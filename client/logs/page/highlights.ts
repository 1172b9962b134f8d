import type { Match } from '../search.ts';

/** Marks matches in rows without touching them: the page's own highlights lie over the text. */
export function highlight(
  rows: ReadonlyMap<number, HTMLElement>,
  matchesOf: (seq: number) => readonly Match[],
  current: Match | undefined,
): void {
  const all: Range[] = [];
  const one: Range[] = [];
  for (const [seq, row] of rows) {
    const text = row.querySelector('.text');
    if (!text) continue;
    for (const match of matchesOf(seq)) {
      const range = rangeOf(text, match);
      if (range) (match.seq === current?.seq && match.start === current.start ? one : all).push(range);
    }
  }
  CSS.highlights.set('found', new Highlight(...all));
  CSS.highlights.set('current', new Highlight(...one));
}

function rangeOf(element: Element, { start, end }: Match): Range | undefined {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!begun && start < at + length) {
      range.setStart(node, start - at);
      begun = true;
    }
    if (begun && end <= at + length) {
      range.setEnd(node, end - at);
      return range;
    }
    at += length;
  }
  return undefined;
}
