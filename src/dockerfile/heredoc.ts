import { expand } from './expand.ts';
import { isSpace, spanIn, type Logical } from './lines.ts';
import type { Heredoc } from './model.ts';

const pattern = /^(\d*)<<(-?)([^<]*)$/su;
const nothing = (): undefined => undefined;

/** A heredoc's opener on the instruction's line; its content follows that line. */
export type Opener = Pick<Heredoc, 'name' | 'expand' | 'chomp' | 'descriptor' | 'opener'>;

/** The openers on a logical line, in the order in which their contents follow. None when a quote on the line is never closed. */
export function openers(line: Logical): Opener[] {
  if (!line.text.includes('<<')) return [];
  if (!expand(line.text, nothing, { rawQuotes: true, rawEscapes: true, keepUnset: true }).ok) return [];
  const found: Opener[] = [];
  const words = [...rawWords(line.text)];
  for (const [index, [start, stop]] of words.entries()) {
    const match = pattern.exec(line.text.slice(start, stop));
    // `<< EOF`: the name may be the next word, but not after `<<-`.
    const next = match && !match[3] && !match[2] ? words[index + 1] : undefined;
    const end = next?.[1] ?? stop;
    const rest = next ? line.text.slice(...next) : match?.[3];
    if (!match || !rest) continue;
    const bare = expand(rest, nothing, { keepUnset: true });
    const raw = expand(rest, nothing, { keepUnset: true, rawQuotes: true, rawEscapes: true });
    const name = bare.ok && bare.words.length === 1 ? bare.words[0] : undefined;
    if (name === undefined || !raw.ok || raw.words.length !== 1) continue;
    found.push({
      name,
      expand: name === raw.words[0],
      chomp: match[2] === '-',
      descriptor: Number(match[1]),
      opener: spanIn(line, start, end),
    });
  }
  return found;
}

/** The words of a line, split at white space outside quotes. */
function* rawWords(text: string): Generator<readonly [number, number]> {
  let at = 0;
  while (at < text.length) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    const start = at;
    let quote = '';
    for (; at < text.length; at++) {
      const ch = text[at] ?? '';
      if (quote) {
        if (ch === quote) quote = '';
        else if (ch === '\\' && quote === '"') at++;
      } else if (ch === '"' || ch === "'") quote = ch;
      else if (ch === '\\') at++;
      else if (isSpace(ch.charCodeAt(0))) break;
    }
    if (at > start) yield [start, Math.min(at, text.length)];
  }
}
