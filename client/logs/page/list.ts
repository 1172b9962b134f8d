import type { LogLine } from '../line.ts';
import type { LogView } from '../view.ts';
import { element } from './elements.ts';
import { row, type RowLook } from './row.ts';

/** The scrolled list of lines, of which only those in sight (and some more) are in the page. */
export interface LogList {
  readonly element: HTMLElement;
  /** Whether it stays at the end as lines come. */
  readonly following: boolean;
  /** Lines came; `lostRows` rows went at the start. */
  grown(lostRows: number): void;
  /** What the rows show has changed. */
  restyle(look: RowLook, wrap: boolean): void;
  /** What is being written now, below the last line. */
  open(lines: readonly Omit<LogLine, 'seq'>[]): void;
  toEnd(): void;
  reveal(seq: number): void;
  /** The first line in sight. */
  top(): number;
  rows(): ReadonlyMap<number, HTMLElement>;
  focus(): void;
}

const spare = 30;

export function logList(
  view: () => LogView,
  on: { readonly rendered: () => void; readonly follow: (following: boolean) => void },
  first: RowLook,
): LogList {
  const inSight = element('div', { class: 'window', role: 'list' });
  const spacer = element('div', { class: 'spacer' }, [inSight]);
  const unfinished = element('div', { class: 'open', role: 'list', 'aria-label': 'Being written' });
  const sample = element('div', { class: 'row sample', 'aria-hidden': 'true' }, ['0'.repeat(100)]);
  const scroller = element('div', { class: 'log', tabindex: '0', role: 'region', 'aria-label': 'Log lines' }, [spacer, unfinished, sample]);
  const rendered = new Map<number, HTMLElement>();
  let look = first;
  let wrapped = false;
  let following = true;
  let rowHeight = 18;
  let asked = 0;
  /** The place that we scrolled to ourselves, which is no wish of the reader. */
  let own = -1;
  /** The last place that could be scrolled to then. */
  let last = 0;
  /** Whether the reader has gone to the end, and a smooth scroll of before may still be going the other way. */
  let ending = false;

  const measure = (): void => {
    const { width, height } = sample.getBoundingClientRect();
    if (!width) return;
    rowHeight = height;
    const prefix = rendered.values().next().value?.querySelector<HTMLElement>('.text')?.offsetLeft ?? 8;
    view().wrap(wrapped ? Math.max(20, Math.floor((scroller.clientWidth - prefix - 8) / (width / 100))) : 0);
  };
  const render = (): void => {
    asked = 0;
    const current = view();
    const { clientHeight } = scroller;
    if (!clientHeight) return;
    measure();
    const total = current.rowsBefore(current.count) * rowHeight;
    spacer.style.height = `${total}px`;
    if (following) scroller.scrollTop = own = scroller.scrollHeight;
    const top = scroller.scrollTop;
    own = top;
    last = scroller.scrollHeight - clientHeight;
    const from = Math.max(0, current.indexAt(top / rowHeight) - spare);
    const to = Math.min(current.count, current.indexAt((top + clientHeight) / rowHeight) + spare + 1);
    fill(current, from, to);
    // Wrapped rows are counted, not measured: the end is held where it belongs, so that the last line is never cut.
    const atEnd = to === current.count;
    inSight.style.top = atEnd ? 'auto' : `${current.rowsBefore(from) * rowHeight}px`;
    inSight.style.bottom = atEnd ? '0' : 'auto';
    on.rendered();
  };
  const fill = (current: LogView, from: number, to: number): void => {
    const wanted: LogLine[] = [];
    for (let index = from; index < to; index++) {
      const line = current.line(index);
      if (line) wanted.push(line);
    }
    const kept = new Set(wanted.map(({ seq }) => seq));
    for (const [seq, made] of rendered) {
      if (kept.has(seq)) continue;
      made.remove();
      rendered.delete(seq);
    }
    let cursor = inSight.firstChild;
    for (const line of wanted) {
      let made = rendered.get(line.seq);
      if (!made) {
        made = row(line, look);
        made.dataset['seq'] = String(line.seq);
        made.setAttribute('aria-setsize', '-1');
        made.setAttribute('aria-posinset', String(line.seq + 1));
        rendered.set(line.seq, made);
      }
      if (made === cursor) cursor = cursor.nextSibling;
      else inSight.insertBefore(made, cursor);
    }
  };
  const ask = (): void => {
    asked ||= requestAnimationFrame(render);
  };
  const follow = (next: boolean): void => {
    if (!next) ending = false;
    if (next !== following) {
      following = next;
      on.follow(next);
    }
  };
  const toEnd = (): void => {
    follow(true);
    ending = true;
    ask();
  };
  scroller.addEventListener('scroll', () => {
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    const end = scrollHeight - clientHeight;
    // Keys and wheels begin with a pixel or two: whoever goes up is not held, unless it is less that can be scrolled now.
    if (ending) own = scrollTop;
    else if (scrollTop < own && end >= last) follow(false);
    else if (Math.abs(scrollTop - own) > 1) follow(scrollTop >= end - rowHeight);
    ask();
  });
  // What is written meanwhile would scroll to the end again before a key or a wheel has moved anything.
  const goUp = (): void => {
    if (scroller.scrollTop > 0) follow(false);
  };
  scroller.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowUp' || key === 'PageUp' || key === 'Home') goUp();
  });
  scroller.addEventListener(
    'wheel',
    ({ deltaY }) => {
      if (deltaY < 0) goUp();
    },
    { passive: true },
  );
  for (const over of ['scrollend', 'pointerdown'] as const)
    scroller.addEventListener(over, () => {
      ending = false;
    });
  new ResizeObserver(ask).observe(scroller);

  return {
    element: scroller,
    get following() {
      return following;
    },
    grown(lostRows) {
      if (!following && lostRows > 0) scroller.scrollTop = own = Math.max(0, scroller.scrollTop - lostRows * rowHeight);
      ask();
    },
    restyle(next, wrap) {
      const anchor = view().indexAt(scroller.scrollTop / rowHeight);
      look = next;
      wrapped = wrap;
      scroller.classList.toggle('wrapped', wrap);
      for (const made of rendered.values()) made.remove();
      rendered.clear();
      render();
      // A second look: only now the width of what stands before the text is known.
      measure();
      if (!following) scroller.scrollTop = view().rowsBefore(anchor) * rowHeight;
      ask();
    },
    open(lines) {
      unfinished.replaceChildren(...lines.map((line) => row(line, look)));
      ask();
    },
    toEnd,
    reveal(seq) {
      follow(false);
      const top = view().rowsBefore(view().index(seq)) * rowHeight;
      const { scrollTop, clientHeight } = scroller;
      if (top < scrollTop + rowHeight || top > scrollTop + clientHeight - 3 * rowHeight)
        scroller.scrollTop = Math.max(0, top - clientHeight / 2);
      render();
    },
    top: () => view().line(view().indexAt(scroller.scrollTop / rowHeight))?.seq ?? 0,
    rows: () => rendered,
    focus: () => {
      scroller.focus();
    },
  };
}
