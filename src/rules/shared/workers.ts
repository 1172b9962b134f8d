import { baseName } from '../../text/paths.ts';

/** The number of worker processes that the words of a command ask for, with the index of the word that says it. */
export function workers(
  words: readonly { readonly value: string }[],
): { readonly at: number; readonly count: number; readonly program: string } | undefined {
  const values = words.map(({ value }) => value);
  const program = baseName(values[0] ?? '');
  if (!/^(?:gunicorn|uvicorn|hypercorn|fastapi|granian)$/.test(program)) return undefined;
  for (const [index, value] of values.entries()) {
    const own = /^(?:--workers=|-w=?)(\d+)$/.exec(value)?.[1];
    const next = /^(?:--workers|-w)$/.test(value) ? values[index + 1] : undefined;
    const count = Number(own ?? (/^\d+$/.test(next ?? '') ? next : '1'));
    if (count > 1) return { at: own === undefined ? index + 1 : index, count, program };
  }
  return undefined;
}
