/** A mount in the short form, taken apart. */
export interface Mount {
  readonly type: 'bind' | 'volume';
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly options: readonly string[];
}

export type MountRead = { readonly ok: true; readonly mount: Mount } | { readonly ok: false; readonly reason: string };

/** Reads `[SOURCE:]TARGET[:OPTIONS]` as Compose does, Windows drives included. */
export function mountOf(spec: string): MountRead {
  if (spec === '') return { ok: false, reason: 'An empty text is no mount: write SOURCE:TARGET.' };
  if (spec.length <= 2) return { ok: true, mount: { type: 'volume', target: spec, readOnly: false, options: [] } };
  const parts: string[] = [];
  let buffer = '';
  for (let i = 0; i <= spec.length; i++) {
    const char = spec[i];
    // A single letter before a colon is a Windows drive, whatever follows.
    if (char === ':' && /^\p{L}$/u.test(buffer)) buffer += char;
    else if (char === ':' || char === undefined) {
      if (buffer === '') return { ok: false, reason: `«${spec}» has nothing on one side of a colon: write SOURCE:TARGET.` };
      if (parts.length === 2 && char === ':')
        return { ok: false, reason: `«${spec}» has too many colons: a mount is SOURCE:TARGET or SOURCE:TARGET:ro.` };
      parts.push(buffer);
      buffer = '';
    } else buffer += char;
  }
  const [first = '', second, third] = parts;
  if (second === undefined) return { ok: true, mount: { type: 'volume', target: first, readOnly: false, options: [] } };
  const options = (third ?? '').split(',').filter(Boolean);
  const type = /^(?:[./~]|\p{L}:|\\\\)/u.test(first) ? 'bind' : 'volume';
  return { ok: true, mount: { type, source: first, target: second, readOnly: options.includes('ro'), options } };
}
