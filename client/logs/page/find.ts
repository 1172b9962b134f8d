import type { Query } from '../search.ts';
import { button, element, toggle } from './elements.ts';

/** The search field with its buttons; what it finds is somebody else's. */
export interface FindBar {
  readonly element: HTMLElement;
  readonly query: Query;
  show(state: { readonly count: number; readonly at: number; readonly complete: boolean; readonly fault?: string | undefined }): void;
  set(query: Query): void;
  focus(): void;
}

export function findBar(on: {
  readonly change: (query: Query) => void;
  readonly step: (by: 1 | -1) => void;
  readonly leave: () => void;
}): FindBar {
  let query: Query = { text: '', caseSensitive: false, regex: false };
  const input = element('input', { type: 'text', placeholder: 'Find', 'aria-label': 'Find in the log', spellcheck: 'false' });
  const count = element('span', { class: 'count', role: 'status', 'aria-live': 'polite' });
  const change = (next: Partial<Query>): void => {
    query = { ...query, ...next };
    on.change(query);
  };
  input.addEventListener('input', () => {
    change({ text: input.value });
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') on.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') on.leave();
    else return;
    event.preventDefault();
  });
  const cases = toggle('Match case (Alt+C)', { text: 'Aa' }, (caseSensitive) => {
    change({ caseSensitive });
  });
  const regex = toggle('Use a regular expression (Alt+R)', { text: '.*' }, (pressed) => {
    change({ regex: pressed });
  });
  input.addEventListener('keydown', (event) => {
    const pressed = event.altKey ? { c: cases, r: regex }[event.key.toLowerCase()] : undefined;
    if (!pressed) return;
    event.preventDefault();
    pressed.element.click();
  });
  const previous = button('Previous match (Shift+Enter)', 'up', () => {
    on.step(-1);
  });
  const next = button('Next match (Enter)', 'down', () => {
    on.step(1);
  });
  const field = element('div', { class: 'field' }, [input, cases.element, regex.element]);
  return {
    element: element('div', { class: 'find', role: 'search' }, [field, count, previous, next]),
    get query() {
      return query;
    },
    show({ count: found, at, complete, fault }) {
      field.classList.toggle('fault', fault !== undefined);
      field.title = fault ?? '';
      const total = `${found.toLocaleString()}${complete ? '' : '+'}`;
      count.textContent = !query.text
        ? ''
        : fault !== undefined
          ? 'Not an expression'
          : found === 0
            ? 'No results'
            : `${at < 0 ? '?' : (at + 1).toLocaleString()} of ${total}`;
      for (const one of [previous, next]) one.disabled = found === 0;
    },
    set(wanted) {
      query = wanted;
      input.value = wanted.text;
      cases.set(wanted.caseSensitive);
      regex.set(wanted.regex);
    },
    focus() {
      input.focus();
      input.select();
    },
  };
}
