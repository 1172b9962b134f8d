import { parseAllDocuments, type YAMLError } from 'yaml';
import { openQuote } from './yamlFaults.ts';

// Between brackets and quotes Compose's YAML does not look at the column, so that a list or text may go on further to the left than the key
// that it belongs to. For our reader, and YAML 1.2, it ends there: it is read again with such a part on one line, every character in its place.

const settings = { prettyErrors: false, logLevel: 'silent', stringKeys: false } as const;
const tooFarLeft = /^Flow (?:sequence|map) in block collection must be|^Missing closing ["']/;
/** Each costs another reading of the file. */
const most = 20;

/** The documents of a text, lists and mappings between brackets taken as Compose takes them. */
export function parseLoose(text: string) {
  const read = (now: string) => {
    const documents = parseAllDocuments(now, settings);
    return Array.isArray(documents) ? documents : [];
  };
  let documents = read(text);
  let straight = text;
  for (let round = 0; round < most; round++) {
    const ended = documents.flatMap(({ errors }) => errors).find(({ message }) => tooFarLeft.test(message));
    const part = ended && (ended.message.startsWith('Flow') ? flowAround : quotesAround)(straight, ended.pos[0], ended.message);
    if (!part) return documents;
    const { start, end } = part;
    const next = straight.slice(0, start) + onOneLine(straight.slice(start, end)) + straight.slice(end);
    const again = read(next);
    // Where something else is wrong with it, it is told as it is written.
    if (again.some(({ errors }) => errors.some((error) => isWithin(error, start, end)))) return documents;
    straight = next;
    documents = again;
  }
  return documents;
}

const isWithin = ({ pos }: YAMLError, start: number, end: number): boolean => pos[0] <= end && start <= pos[1];

interface Part {
  readonly start: number;
  readonly end: number;
}

/** From the bracket that is open at a place to the one that closes it; undefined when none does. */
function flowAround(text: string, at: number): Part | undefined {
  const from = Math.max(0, at - 4000);
  const bare = text.slice(from, at).replace(/"(?:\\.|[^"\\\n])*"|'[^'\n]*'/g, (quoted) => ' '.repeat(quoted.length));
  let open = bare.length - 1;
  for (let depth = 0; open >= 0; open--) {
    const letter = bare[open] ?? '';
    if (depth === 0 && '[{'.includes(letter)) break;
    depth += ']}'.includes(letter) ? 1 : '[{'.includes(letter) ? -1 : 0;
  }
  const end = open < 0 ? -1 : endOf(text, from + open);
  return end < 0 ? undefined : closed(text, from + open, end);
}

/** From the quote that is open at a place to the one that closes it. */
function quotesAround(text: string, at: number, says: string): Part | undefined {
  const start = openQuote(text, at, says.includes("'") ? "'" : '"');
  const [whole] = start < 0 ? [] : (/^(?:"(?:\\[^]|[^"\\])*"|'(?:[^']|'')*')/.exec(text.slice(start)) ?? []);
  return whole === undefined ? undefined : closed(text, start, start + whole.length);
}

/** The part, where what stands behind it may stand there. */
const closed = (text: string, start: number, end: number): Part | undefined =>
  /^(?:[ \t]*(?:[\r\n,\]}:]|$)|[ \t]+#)/.test(text.slice(end, end + 200)) ? { start, end } : undefined;

/** Whether a reading that fell over such a part has to be made of the whole text. */
export const isLoose = (text: string, { message, pos }: { readonly message: string; readonly pos: readonly [number, number] }): boolean =>
  message.startsWith('Missing closing') && quotesAround(text, pos[0], message) !== undefined;

/** Behind the bracket that closes the one at `start`, or -1. */
function endOf(text: string, start: number): number {
  const token = /(?<=^|\s)#[^\n]*|[[\]{},]|"(?:\\[^]|[^"\\])*"|'(?:[^']|'')*'|[^\s[\]{},]+(?:[ \t]+[^\s#[\]{},:"'][^\s[\]{},:]*)*/g;
  token.lastIndex = start;
  const open: string[] = [];
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [word] = found;
    if (word === '[' || word === '{') open.push(word);
    else if (word === ']' || word === '}') {
      if (open.pop() !== (word === ']' ? '[' : '{')) return -1;
      if (!open.length) return token.lastIndex;
    }
  }
  return -1;
}

/** Comments, and the ends of lines, as blanks. */
const onOneLine = (flow: string): string =>
  flow
    .replace(/"(?:\\[^]|[^"\\])*"|'(?:[^']|'')*'|(?<=\s)#[^\n]*/g, (part) => (part.startsWith('#') ? ' '.repeat(part.length) : part))
    .replace(/[\r\n]/g, ' ');
