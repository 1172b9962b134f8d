import type { Span } from '../../text/text.ts';

/** A place inside `[…]` or `{…}`. */
export interface FlowPlace {
  readonly kind: 'key' | 'value';
  /** What leads to it from the outermost bracket; list items are `[]`. */
  readonly path: readonly string[];
  readonly item: boolean;
  readonly span: Span;
  readonly prefix: string;
  readonly quote: '' | '"' | "'";
  /** The keys that the mapping around it has. */
  readonly present: ReadonlySet<string>;
}

interface Frame {
  readonly bracket: '[' | '{';
  readonly keys: Set<string>;
  /** The key whose value is being written. */
  key: string | undefined;
}

/** Where a place is in the brackets that open at `from`; undefined when they are closed before it, or in a comment. */
export function flowPlace(text: string, from: number, offset: number): FlowPlace | undefined {
  const frames: Frame[] = [];
  let token = from;
  let quote: FlowPlace['quote'] = '';
  for (let at = from; at < offset; at++) {
    const character = text[at] ?? '';
    if (quote) {
      if (quote === '"' && character === '\\') at++;
      else if (character === quote) quote = '';
      continue;
    }
    const frame = frames.at(-1);
    if ((character === '"' || character === "'") && text.slice(token, at).trim() === '') {
      quote = character;
      token = at + 1;
    } else if (character === '#' && /\s/.test(text[at - 1] ?? '')) {
      const end = text.indexOf('\n', at);
      if (end < 0 || end >= offset) return undefined;
      at = end;
    } else if (character === '[' || character === '{') {
      frames.push({ bracket: character, keys: new Set(), key: undefined });
      token = at + 1;
    } else if (character === ']' || character === '}') {
      frames.pop();
      if (!frames.length) return undefined;
      token = at + 1;
    } else if (character === ',') {
      if (frame) frame.key = undefined;
      token = at + 1;
    } else if (character === ':' && frame?.bracket === '{' && frame.key === undefined && /[\s,\]}"'[{]|^$/.test(text[at + 1] ?? '')) {
      frame.key = bare(text.slice(token, at));
      frame.keys.add(frame.key);
      token = at + 1;
    }
  }
  const frame = frames.at(-1);
  if (!frame) return undefined;
  while (token < offset && /\s/.test(text[token] ?? '')) token++;
  const tail = (quote ? /^[^"'\n]*/ : /^[^\s,:\]}[{"']*/).exec(text.slice(offset, offset + 200))?.[0] ?? '';
  if (frame.bracket === '{' && frame.key === undefined) for (const key of following(text, offset + tail.length)) frame.keys.add(key);
  return {
    kind: frame.key === undefined ? 'key' : 'value',
    path: frames.flatMap(({ bracket, key }) => (bracket === '[' ? ['[]'] : (key ?? []))),
    item: frame.bracket === '[',
    span: { start: token, end: offset + tail.length },
    prefix: text.slice(token, offset),
    quote,
    present: frame.keys,
  };
}

/** The keys behind a place in the same brackets, which may never be closed. */
function following(text: string, from: number): readonly string[] {
  const rest = text.slice(from, from + 2000).split(/\n\s*\n/, 1)[0] ?? '';
  let depth = 0;
  let own = '';
  for (const character of rest) {
    if (character === ']' || character === '}') {
      if (!depth) break;
      depth--;
    } else if (character === '[' || character === '{') depth++;
    else if (!depth) own += character;
  }
  return [...own.matchAll(/,\s*("[^"]*"|'[^']*'|[^\s,:"']+)\s*:/g)].map((match) => bare(match[1] ?? ''));
}

const bare = (written: string): string => written.trim().replace(/^["']|["']$/g, '');
