/** A shell pattern (`*`, `?`, `\x`) cut into its parts; `*` and `?` are told from the literal characters. */
export type Glob = readonly { readonly kind: 'literal' | 'one' | 'any'; readonly text: string }[];

/** Reads a pattern; undefined when it ends in a lone `\`, which a build refuses. */
export function globOf(pattern: string): Glob | undefined {
  const parts: Glob[number][] = [];
  const chars = Array.from(pattern);
  for (let at = 0; at < chars.length; at++) {
    const ch = chars[at] ?? '';
    if (ch === '\\') {
      const text = chars[++at];
      if (text === undefined) return undefined;
      parts.push({ kind: 'literal', text });
    } else parts.push({ kind: ch === '*' ? 'any' : ch === '?' ? 'one' : 'literal', text: ch });
  }
  return parts;
}

type Prefer = 'shortest' | 'longest';

/** For each start, the end of the match that begins there, or -1. Takes length × parts steps, whatever the pattern. */
function ends(chars: readonly string[], glob: Glob, prefer: Prefer, wholeTail: boolean): Int32Array {
  const width = glob.length;
  const found = new Int32Array(chars.length + 1);
  let after = new Int32Array(width + 1).fill(-1);
  for (let at = chars.length; at >= 0; at--) {
    const row = new Int32Array(width + 1);
    row[width] = wholeTail && at < chars.length ? -1 : at;
    for (let part = width - 1; part >= 0; part--) {
      const { kind, text } = glob[part] ?? { kind: 'one', text: '' };
      const taken = at < chars.length ? (after[kind === 'any' ? part : part + 1] ?? -1) : -1;
      if (kind === 'any') {
        const skipped = row[part + 1] ?? -1;
        row[part] = skipped < 0 || (prefer === 'longest' && taken >= 0) ? taken : skipped;
      } else row[part] = kind === 'one' || chars[at] === text ? taken : -1;
    }
    found[at] = row[0] ?? -1;
    after = row;
  }
  return found;
}

/** `${NAME#pattern}`: the text without the matching beginning. */
export function trimStart(text: string, glob: Glob, prefer: Prefer): string {
  const chars = Array.from(text);
  return chars.slice(Math.max(ends(chars, glob, prefer, false)[0] ?? 0, 0)).join('');
}

/** `${NAME%pattern}`: the text without the matching end. */
export function trimEnd(text: string, glob: Glob, prefer: Prefer): string {
  const chars = Array.from(text);
  const found = ends(chars, glob, 'longest', true);
  const start = prefer === 'longest' ? found.findIndex((end) => end >= 0) : found.findLastIndex((end) => end >= 0);
  return start < 0 ? text : chars.slice(0, start).join('');
}

/** `${NAME/pattern/replacement}`, and with `//` every match. An empty match right behind another match does not count. */
export function replace(text: string, glob: Glob, replacement: string, all: boolean): string {
  const chars = Array.from(text);
  const found = ends(chars, glob, 'longest', false);
  let out = '';
  let last = -1;
  for (let at = 0; at <= chars.length;) {
    const end = found[at] ?? -1;
    if (end < 0 || (end === at && at === last)) {
      out += chars[at++] ?? '';
      continue;
    }
    out += replacement;
    if (!all) return out + chars.slice(end).join('');
    last = end;
    if (end === at) out += chars[at++] ?? '';
    else at = end;
  }
  return out;
}
