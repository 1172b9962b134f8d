import type { FromPage, LogHead, StreamFilter, ToPage } from '../protocol.ts';
import type { Match, Query } from '../search.ts';
import { logText } from '../text.ts';
import { LogView } from '../view.ts';
import { readPalette } from './colors.ts';
import { button, element, icon, toggle } from './elements.ts';
import { findBar } from './find.ts';
import { highlight } from './highlights.ts';
import { logList } from './list.ts';
import type { RowLook } from './row.ts';

/** What the editor keeps for the page when it is moved or the window is reloaded. */
interface Kept {
  readonly query: Query;
  readonly times: boolean;
  readonly wrap: boolean;
  readonly stream: StreamFilter;
}
declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Partial<Kept> | undefined;
  setState(state: Kept): void;
};

const editor = acquireVsCodeApi();
let kept: Kept = { query: { text: '', caseSensitive: false, regex: false }, times: false, wrap: true, stream: 'all', ...editor.getState() };
let head: LogHead = { log: -1, title: '', sources: [], state: 'idle', capacity: 1 };
let view = new LogView(1);
let palette = readPalette();
let current: Match | undefined;
let unseen = 0;

const look = (): RowLook => ({ sources: head.sources, times: kept.times, palette });
const keep = (next: Partial<Kept>): void => {
  kept = { ...kept, ...next };
  editor.setState(kept);
};

const title = element('span', { class: 'title' });
const state = element('span', { class: 'state', role: 'status', 'aria-live': 'polite' });
const find = findBar({
  change: (query) => {
    keep({ query });
    view.search(query);
    current = query.text ? view.matches.at(Math.min(view.matches.from(list.top()), view.matches.count - 1)) : undefined;
    if (current) list.reveal(current.seq);
    shown();
  },
  step: (by) => {
    step(by);
  },
  leave: () => {
    list.focus();
  },
});
const list = logList(
  () => view,
  {
    rendered: () => {
      shown();
    },
    follow: (following) => {
      if (following) unseen = 0;
      jumpText();
    },
  },
  look(),
);
const times = toggle('Show times', 'clock', (pressed) => {
  keep({ times: pressed });
  list.restyle(look(), kept.wrap);
});
const wrap = toggle('Wrap long lines', 'wrap', (pressed) => {
  keep({ wrap: pressed });
  list.restyle(look(), kept.wrap);
});
const errors = toggle('Only what was written to stderr', { text: 'stderr' }, (pressed) => {
  keep({ stream: pressed ? 'err' : 'all' });
  view.filter(kept.stream);
  list.restyle(look(), kept.wrap);
});
const allText = (): string => logText(view.lines.from(0), head.sources, { times: kept.times, stream: kept.stream });
const actions = element('div', { class: 'actions', role: 'toolbar', 'aria-label': 'Log' }, [
  errors.element,
  times.element,
  wrap.element,
  button('Copy all lines', 'copy', () => {
    editor.postMessage({ type: 'copy', text: allText(), what: 'log' });
  }),
  button('Save to a file', 'save', () => {
    editor.postMessage({ type: 'save', times: kept.times, stream: kept.stream });
  }),
  button('Clear', 'clear', () => {
    editor.postMessage({ type: 'clear' });
  }),
  button('Show another log', 'list', () => {
    editor.postMessage({ type: 'choose' });
  }),
]);
const bar = element('header', {}, [element('div', { class: 'head' }, [title, state]), find.element, actions]);
const jump = element('button', { class: 'jump', type: 'button', hidden: '' }, [icon('end'), element('span')]);
jump.addEventListener('click', () => {
  list.toEnd();
  list.focus();
});
const explanation = element('aside', { class: 'explanation', 'aria-live': 'polite', 'aria-label': 'What the error means', hidden: '' });
const empty = element('div', { class: 'empty' });
document.body.append(bar, explanation, element('main', {}, [list.element, empty, jump]));

function step(by: 1 | -1): void {
  const { matches } = view;
  if (!matches.count) return;
  const at = current ? matches.from(current.seq, current.start) : -1;
  current = matches.at((at + by + matches.count) % matches.count);
  if (current) list.reveal(current.seq);
  shown();
}

/** Brings everything around the list up to date with it. */
function shown(): void {
  const { matches } = view;
  if (current && current.seq < view.lines.first) current = undefined;
  const at = current ? matches.from(current.seq, current.start) : -1;
  find.show({ count: matches.count, at, complete: matches.complete, fault: view.fault });
  highlight(list.rows(), (seq) => (kept.query.text ? matches.of(seq) : []), current);
  jumpText();
  const nothing = view.count === 0;
  empty.hidden = !nothing;
  empty.classList.toggle('idle', head.state === 'idle');
  if (nothing && !empty.hasChildNodes()) emptied();
}

function jumpText(): void {
  jump.hidden = list.following || view.count === 0;
  const label = jump.querySelector('span');
  if (label) label.textContent = unseen ? `Jump to end (${unseen.toLocaleString()} new)` : 'Jump to end';
}

function emptied(): void {
  if (head.state !== 'idle') {
    empty.replaceChildren(kept.stream === 'err' && view.lines.size ? 'Nothing was written to stderr.' : (head.note ?? 'No output yet.'));
    return;
  }
  const choose = element('button', { class: 'primary', type: 'button' }, ['Show Logs…']);
  choose.addEventListener('click', () => {
    editor.postMessage({ type: 'choose' });
  });
  empty.replaceChildren(element('p', {}, ['Follow what a container or a Compose project writes.']), choose);
}

const states: Readonly<Record<LogHead['state'], string>> = {
  idle: '',
  following: 'following',
  waiting: 'waiting',
  ended: 'ended',
  failed: 'failed',
};

function opened(next: LogHead): void {
  const another = next.log !== head.log;
  const relabelled = another || next.sources.length !== head.sources.length;
  head = next;
  title.textContent = next.title;
  title.title = next.title;
  state.textContent = next.note ?? states[next.state];
  state.className = `state ${next.state}`;
  bar.classList.toggle('idle', next.state === 'idle');
  empty.replaceChildren();
  if (another) {
    view = new LogView(next.capacity);
    view.filter(kept.stream);
    view.search(kept.query);
    current = undefined;
    unseen = 0;
    explanation.hidden = true;
    list.open([]);
    list.toEnd();
  }
  if (relabelled) {
    const longest = Math.min(24, Math.max(0, ...next.sources.map(({ name }) => name.length)));
    document.body.style.setProperty('--source-width', `${longest + 1}ch`);
    list.restyle(look(), kept.wrap);
  } else shown();
}

function explained({ cause, fixes }: Extract<ToPage, { type: 'explained' }>): void {
  const close = button('Close', { text: '×' }, () => {
    explanation.hidden = true;
    list.focus();
  });
  explanation.replaceChildren(
    element('p', {}, [cause]),
    element(
      'ul',
      {},
      fixes.map((fix) => element('li', {}, [fix])),
    ),
    close,
  );
  explanation.hidden = false;
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'head':
      opened(data.head);
      break;
    case 'lines':
      if (data.log !== head.log) break;
      if (!list.following) unseen += data.lines.length;
      list.grown(view.add(data.lines));
      break;
    case 'open':
      if (data.log === head.log) list.open(data.lines);
      break;
    case 'cleared':
      if (data.log !== head.log) break;
      view.clear(data.next);
      unseen = 0;
      empty.replaceChildren();
      list.toEnd();
      break;
    case 'explained':
      explained(data);
      break;
    case 'find':
      find.focus();
      break;
  }
});

list.element.addEventListener('click', ({ target }) => {
  const seq = target instanceof Element && target.matches('.why') ? target.closest<HTMLElement>('.row')?.dataset['seq'] : undefined;
  if (seq !== undefined) editor.postMessage({ type: 'explain', seq: Number(seq) });
});

let everything = false;
document.addEventListener('keydown', (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === 'f') find.focus();
  else if (event.key === 'F3') step(event.shiftKey ? -1 : 1);
  else if (command && event.key.toLowerCase() === 'a' && document.activeElement === list.element) {
    getSelection()?.selectAllChildren(list.element);
    everything = true;
  } else if (event.key === 'End' && (command || document.activeElement === list.element)) list.toEnd();
  else return;
  event.preventDefault();
});
// Who comes by a key is where the arrows scroll, and Tab goes on to the rest.
window.addEventListener('focus', () => {
  if (document.activeElement === document.body && !list.element.hidden) list.focus();
});
document.addEventListener('mousedown', () => {
  everything = false;
});
// Only some of the lines are in the page: all of them come from the log itself.
document.addEventListener('copy', (event) => {
  if (!everything || document.activeElement !== list.element) return;
  event.clipboardData?.setData('text/plain', allText());
  event.preventDefault();
});

new MutationObserver(() => {
  palette = readPalette();
  list.restyle(look(), kept.wrap);
}).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });

times.set(kept.times);
wrap.set(kept.wrap);
errors.set(kept.stream === 'err');
find.set(kept.query);
bar.classList.add('idle');
list.restyle(look(), kept.wrap);
editor.postMessage({ type: 'ready' });
