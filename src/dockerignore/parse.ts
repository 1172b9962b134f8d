import { source } from '../text/text.ts';
import type { Dockerignore, Pattern } from './model.ts';

/** Reads a `.dockerignore` as the engine does: one pattern a line, `#` at the very beginning of a line for comments. Never fails. */
export function parseDockerignore(path: string, text: string): Dockerignore {
  const patterns: Pattern[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const lead = match.index === 0 && text.startsWith('\uFEFF') ? 1 : 0;
    const line = match[0].slice(lead);
    if (line.startsWith('#') || !line.trim()) continue;
    const start = match.index + lead + line.search(/\S/);
    const end = match.index + lead + line.trimEnd().length;
    const exception = text[start] === '!';
    const written = text.slice(exception ? start + 1 : start, end);
    const textStart = end - written.trimStart().length;
    const clean = written.trimStart();
    const fault = faultOf(clean, exception);
    patterns.push({
      text: clean,
      exception,
      span: { start, end },
      textSpan: { start: textStart, end },
      ...(fault === undefined ? {} : { fault }),
    });
  }
  return { language: 'dockerignore', source: source(path, text), patterns };
}

/** Why the engine refuses a pattern, by the rules of Go's `filepath.Match`. */
function faultOf(text: string, exception: boolean): string | undefined {
  if (!text) return exception ? '«!» alone excepts nothing: a build stops here. Write the path after it, or take the line out.' : undefined;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') {
      if (++at >= text.length) return 'The pattern ends in a backslash, with nothing to escape: a build stops here.';
    } else if (text[at] === '[') {
      const end = classEnd(text, at);
      if (end === undefined)
        return `«${text.slice(at)}» is no set of characters such as «[a-z]»: a build stops here. Write «\\[» for the bracket itself.`;
      at = end;
    }
  }
  return undefined;
}

/** Where a set of characters ends; undefined when it is none. */
function classEnd(text: string, start: number): number | undefined {
  let at = start + 1;
  if (text[at] === '^') at++;
  for (let count = 0; ; count++) {
    if (text[at] === ']' && count > 0) return at;
    const low = character(text, at);
    if (low === undefined) return undefined;
    at = low;
    if (text[at] !== '-') continue;
    const high = character(text, at + 1);
    if (high === undefined) return undefined;
    at = high;
  }
}

/** The place after one character of a set, perhaps escaped. */
function character(text: string, at: number): number | undefined {
  const first = text[at];
  if (first === undefined || first === '-' || first === ']') return undefined;
  if (first !== '\\') return at + 1;
  return text[at + 1] === undefined ? undefined : at + 2;
}
