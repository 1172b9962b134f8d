import { rules } from '../src/rules/index.ts';
import { nearest } from '../src/text/nearest.ts';
import { CannotRun, readArguments } from './input.ts';

/** `ml-containers explain RULE`: what it asks for, why, and its examples. */
export function explain(args: readonly string[]): number {
  const { positionals } = readArguments(args, {});
  const [wanted] = positionals;
  if (wanted === undefined) throw new CannotRun('Which rule? ml-containers explain RULE');
  const found = rules.filter(({ id, also }) => id === wanted || also.some((name) => name === wanted || name.endsWith(`:${wanted}`)));
  if (!found.length) {
    const meant = nearest(
      wanted,
      rules.map(({ id }) => id),
    );
    throw new CannotRun(`There is no rule «${wanted}».${meant ? ` Did you mean ${meant}?` : ' See «ml-containers rules».'}`);
  }
  const blocks = found.map(({ id, language, severity, enabled, title, why, also, examples }) =>
    [
      `${id} (${language}, ${severity}${enabled ? '' : ', off by default'})`,
      title,
      '',
      why,
      ...(also.length ? ['', `Elsewhere: ${also.join(', ')}`] : []),
      ...examples.flatMap(({ title: about, bad, good }) => [
        ...(bad === undefined ? [] : ['', `Reported${about ? ` (${about})` : ''}:`, indented(bad)]),
        ...(good === undefined ? [] : ['', bad === undefined ? `Left alone${about ? ` (${about})` : ''}:` : 'Instead:', indented(good)]),
      ]),
      '',
    ].join('\n'),
  );
  process.stdout.write(blocks.join('\n'));
  return 0;
}

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
