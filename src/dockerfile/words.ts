import type { Flag, Word } from './model.ts';
import { isBlank, isSpace, skipSpace, spanIn, trimEnd, type Logical } from './lines.ts';

const dash = 45;
const doubleQuote = 34;
const singleQuote = 39;
const backslash = 92;

/** A word of a logical line, its quotes and escapes taken off. */
export function word(line: Logical, start: number, end: number, escape: string): Word {
  const text = line.text.slice(start, end);
  return { text, value: unquote(text, escape), span: spanIn(line, start, end) };
}

/** The text without quotes and escapes; variables stay as written. */
export function unquote(text: string, escape: string): string {
  if (!text.includes('"') && !text.includes("'") && !text.includes(escape)) return text;
  let out = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const ch = text[i] ?? '';
    if (quote) {
      if (ch === quote) quote = '';
      else if (ch === escape && quote === '"' && i + 1 < text.length) {
        const next = text[++i] ?? '';
        out += next === '"' || next === '$' || next === escape ? next : ch + next;
      } else out += ch;
    } else if (ch === '"' || ch === "'") quote = ch;
    else if (ch === escape) out += text[++i] ?? '';
    else out += ch;
  }
  return out;
}

/** Splits at white space alone, as FROM, EXPOSE, COPY, ADD and VOLUME do. */
export function plainWords(line: Logical, start: number, escape: string): Word[] {
  const { text } = line;
  const words: Word[] = [];
  for (let at = skipSpace(text, start, text.length); at < text.length; at = skipSpace(text, at, text.length)) {
    const from = at;
    while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
    words.push(word(line, from, at, escape));
  }
  return words;
}

/** Splits at white space outside quotes, as ENV, LABEL and ARG do. */
export function quotedWords(line: Logical, start: number, escape: string): Word[] {
  const { text } = line;
  const token = escape.charCodeAt(0);
  const words: Word[] = [];
  let at = skipSpace(text, start, text.length);
  while (at < text.length) {
    const from = at;
    let quote = 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (quote) {
        if (code === quote) quote = 0;
        else if (code === token && quote !== singleQuote) at++;
      } else if (isSpace(code)) break;
      else if (code === singleQuote || code === doubleQuote) quote = code;
      else if (code === token) at++;
    }
    at = Math.min(at, text.length);
    words.push(word(line, from, at, escape));
    at = skipSpace(text, at, text.length);
  }
  return words;
}

/** Everything from `start` on as one word. */
export function restWord(line: Logical, start: number): Word[] {
  const from = skipSpace(line.text, start, line.text.length);
  const end = trimEnd(line.text, from, line.text.length);
  const text = line.text.slice(from, end);
  return text ? [{ text, value: text, span: spanIn(line, from, end) }] : [];
}

/**
 * The elements of a JSON array of strings. `undefined`: no JSON, so the shell form. `notStrings`: JSON, but not of strings, which a build refuses.
 */
export function jsonWords(line: Logical, start: number): { readonly words: Word[]; readonly notStrings: boolean } | undefined {
  const { text } = line;
  const from = skipSpace(text, start, text.length);
  if (text[from] !== '[') return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.slice(from));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  if (!parsed.every((item) => typeof item === 'string')) return { words: [], notStrings: true };
  const words: Word[] = [];
  let at = from + 1;
  for (const value of parsed) {
    const open = text.indexOf('"', at);
    let close = open + 1;
    while (close < text.length && text[close] !== '"') close += text[close] === '\\' ? 2 : 1;
    at = close + 1;
    words.push({ text: text.slice(open, at), value, span: spanIn(line, open, at) });
  }
  return { words, notStrings: false };
}

/** The `--name=value` words before the arguments, and where the arguments start. Mirrors BuildKit's reading, quotes and escapes included. */
export function flagWords(line: Logical, start: number): { readonly flags: Flag[]; readonly end: number } {
  const { text } = line;
  const flags: Flag[] = [];
  let at = start;
  for (;;) {
    // Other white space, such as a no-break space, ends the flags: a build looks at bytes here.
    while (isBlank(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== dash || text.charCodeAt(at + 1) !== dash) return { flags, end: skipSpace(text, at, text.length) };
    const from = at;
    let value = '';
    let quote = 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (quote && code === quote) quote = 0;
      else if (!quote && isSpace(code)) break;
      else if (!quote && (code === singleQuote || code === doubleQuote)) quote = code;
      else if (code === backslash) value += text[++at] ?? '';
      else value += text[at] ?? '';
    }
    at = Math.min(at, text.length);
    if (value === '--') return { flags, end: skipSpace(text, at, text.length) };
    flags.push(flag(line, from, at, value));
  }
}

function flag(line: Logical, start: number, end: number, value: string): Flag {
  const span = spanIn(line, start, end);
  const equals = value.indexOf('=');
  if (equals < 0) return { name: value.slice(2), span };
  const from = line.text.indexOf('=', start) + 1;
  return {
    name: value.slice(2, equals),
    span,
    value: { text: line.text.slice(from, end), value: value.slice(equals + 1), span: spanIn(line, from, end) },
  };
}
