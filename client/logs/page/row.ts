import { paint } from '../paint.ts';
import type { LogLine } from '../line.ts';
import type { LogSourceLabel } from '../protocol.ts';
import { shownLength } from '../view.ts';
import type { Palette } from './colors.ts';
import { element } from './elements.ts';

/** What a row shows besides its text. */
export interface RowLook {
  readonly sources: readonly LogSourceLabel[];
  readonly times: boolean;
  readonly palette: Palette;
}

/** One line as the page shows it. */
export function row(line: Omit<LogLine, 'seq'>, { sources, times, palette }: RowLook): HTMLElement {
  if (line.kind === 'mark')
    return element('div', { class: 'row mark', role: 'listitem' }, [element('span', { class: 'text' }, [line.text])]);
  const made = element('div', { class: line.kind === 'err' ? 'row err' : 'row', role: 'listitem' });
  if (times) made.append(element('span', { class: 'time', title: line.time ?? '' }, [clock(line.time)]));
  const source = sources[line.source];
  if (source && sources.length > 1) {
    const name = element('span', { class: 'source', title: source.name }, [source.name]);
    name.style.color = palette.ink({ theme: source.color });
    made.append(name);
  }
  made.append(text(line.text, palette));
  if (line.known !== undefined)
    made.append(element('button', { class: 'why', type: 'button', title: 'What this error means' }, ['Explain']));
  return made;
}

function text(content: string, palette: Palette): HTMLElement {
  const made = element('span', { class: 'text' });
  let room = shownLength;
  for (const { text, color, background, decorations } of paint(content)) {
    const shown = text.slice(0, room);
    room -= shown.length;
    if (!color && !background && !decorations.length) made.append(shown);
    else {
      const span = element('span', decorations.length ? { class: decorations.join(' ') } : {}, [shown]);
      if (background) {
        const { background: paper, ink } = palette.paper(background, color);
        span.style.backgroundColor = paper;
        span.style.color = ink;
      } else if (color) span.style.color = palette.ink(color);
      made.append(span);
    }
    if (room <= 0) break;
  }
  if (content.length > shownLength)
    made.append(element('span', { class: 'more' }, [`… ${content.length.toLocaleString()} characters; Copy and Save have all of them`]));
  return made;
}

/** The time of day where the reader is, to the millisecond. */
function clock(time: string | undefined): string {
  const date = time === undefined ? undefined : new Date(time);
  if (!date || Number.isNaN(date.getTime())) return '';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
