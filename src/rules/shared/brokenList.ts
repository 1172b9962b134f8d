import type { Instruction } from '../../dockerfile/model.ts';
import type { Span } from '../../text/text.ts';

/** What was meant as the JSON form of an instruction and is none. */
export interface BrokenList {
  readonly span: Span;
  /** What is wrong with it, as a sentence without its end. */
  readonly wrong: string;
  /** The list as JSON; undefined where it cannot be told what was meant. */
  readonly meant: string | undefined;
}

const takers = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN', 'VOLUME']);

/** The broken JSON list of an instruction. A test of the shell, `[ -f x ] && y`, is none, and neither is a list in single quotes (see `json-single-quotes`). */
export function brokenList({ keyword, json, body }: Instruction): BrokenList | undefined {
  if (!takers.has(keyword) || json) return undefined;
  const first = keyword === 'HEALTHCHECK' ? (/^\s*CMD\s+/i.exec(body.text)?.[0].length ?? -1) : (/^\s*/.exec(body.text)?.[0].length ?? 0);
  const text = first < 0 ? '' : body.text.slice(first).trimEnd();
  if (!text.startsWith('[') || text.startsWith('[[')) return undefined;
  const { strings, wrong, end, commas } = read(text);
  const rest = text.slice(end).trim();
  // Without a comma, and with a blank behind the bracket, it is the command `[`.
  if (!wrong.length && !rest) return undefined;
  if (rest.startsWith('#') || !strings.length) return undefined;
  if (commas === 0 && (/^\[\s/.test(text) || strings.length < 2)) return undefined;
  if (keyword === 'RUN' && !/^\[\s*["'“”]/.test(text)) return undefined;
  const said = wrong[0] ?? `«${rest}» stands behind the list`;
  const dropped = /^(?:\|\|\s*(?:exit\s+1|false))$/.test(rest) && keyword === 'HEALTHCHECK';
  return {
    span: { start: body.offsetAt(first), end: body.offsetAt(first + text.length - 1) + 1 },
    wrong: said,
    meant:
      (rest && !dropped) || strings.some((each) => /[$`]/.test(each))
        ? undefined
        : `[${strings.map((each) => JSON.stringify(each)).join(', ')}]`,
  };
}

const quotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '„': '“', '‘': '’', '’': '’' };

/** Reads a list as far as it is one: quoted strings and bare words with commas between them. */
function read(text: string): {
  readonly strings: readonly string[];
  readonly wrong: readonly string[];
  readonly end: number;
  readonly commas: number;
} {
  const strings: string[] = [];
  const wrong: string[] = [];
  let commas = 0;
  let wantsComma = false;
  let at = 1;
  let singles = 0;
  while (at < text.length) {
    const ch = text[at] ?? '';
    if (/\s/.test(ch)) at++;
    else if (ch === ',') {
      if (!wantsComma) wrong.push('a comma stands before nothing');
      wantsComma = false;
      commas++;
      at++;
    } else if (ch === ']') {
      if (commas && !wantsComma) wrong.push('a comma stands before the closing bracket');
      if (singles === strings.length && wrong.length === 0) return { strings: [], wrong, end: at + 1, commas };
      if (singles) wrong.push('JSON has double quotes only');
      return { strings, wrong, end: at + 1, commas };
    } else {
      const close = quotes[ch];
      const found = close === undefined ? /^[^\s,\]"'“”‘’]+/.exec(text.slice(at))?.[0] : quoted(text, at, close);
      if (found === undefined) {
        wrong.push(`${ch} is never closed`);
        return { strings: [], wrong, end: text.length, commas: commas + 1 };
      }
      const whole = close === undefined ? found : `${ch}${found}${close}`;
      if (wantsComma) wrong.push(`no comma stands before ${whole}`);
      if (close === undefined) wrong.push(`«${found}» has no double quotes`);
      else if (ch === "'") singles++;
      else if (ch !== '"') wrong.push(`${ch} is no quote of JSON`);
      else if (/\\(?!["\\/bfnrt]|u[\da-f]{4})/i.test(found))
        wrong.push(`in JSON a backslash is written twice: ${found.replaceAll('\\', '\\\\')}`);
      strings.push(ch === '"' ? found.replace(/\\(["\\/])/g, '$1') : found);
      wantsComma = true;
      at += whole.length;
    }
  }
  wrong.push('the closing bracket is missing');
  if (singles) wrong.push('JSON has double quotes only');
  return { strings, wrong, end: text.length, commas };
}

/** What stands between two quotes; undefined when the second is missing. */
function quoted(text: string, at: number, close: string): string | undefined {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\' && close === '"') end++;
    else if (text[end] === close) return text.slice(at + 1, end);
  }
  return undefined;
}
