/** A version of poetry's (`^2.1`, `~2.1`, `2.1.0`, `2.*`) as a PEP 440 specifier; empty for any version. */
export function poetrySpecifier(written: string): string {
  return written
    .split(',')
    .map((part) => one(part.trim()))
    .filter(Boolean)
    .join(',');
}

function one(part: string): string {
  if (part === '' || part === '*') return '';
  const caret = /^\^\s*v?(\d[\w.+]*)$/.exec(part)?.[1];
  if (caret !== undefined)
    return `>=${caret},<${next(
      caret,
      Math.max(
        0,
        numbers(caret).findIndex((number) => number > 0),
      ),
    )}`;
  const tilde = /^~\s*v?(\d[\w.+]*)$/.exec(part)?.[1];
  if (tilde !== undefined) return `>=${tilde},<${next(tilde, Math.min(1, numbers(tilde).length - 1))}`;
  if (/^v?\d/.test(part)) return `==${part}`;
  return part.replace(/^=(?!=)\s*/, '==').replace(/^([<>=!~]+)\s+/, '$1');
}

const numbers = (version: string): readonly number[] => (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);

/** The first version in which the number at a place is one more. */
const next = (version: string, place: number): string =>
  numbers(version)
    .slice(0, place + 1)
    .map((number, index) => (index === place ? number + 1 : number))
    .join('.');
