import { alternatives } from '../../compose/keys/lookup.ts';
import { remembered } from '../../text/remembered.ts';
import type { Key } from '../../compose/keys/key.ts';

/** A key in Markdown: what it is for, what it takes, since when. */
export function about(name: string, key: Key): string {
  const texts = said(key);
  let text = texts.get(name);
  if (text === undefined) texts.set(name, (text = say(name, key)));
  return text;
}

/** By the name that it has: several keys may share a row. */
const said = remembered((_: Key) => new Map<string, string>());

function say(name: string, { about: text, since, deprecated, unit, ml, shape }: Key): string {
  const choices = [
    ...new Set(alternatives(shape).flatMap((each) => (each.kind === 'string' ? (each.values ?? each.suggestions ?? []) : []))),
  ];
  return [
    text,
    ...(choices.length ? [`One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`] : []),
    ...(ml === undefined ? [] : [`*For ML:* ${ml}`]),
    ...(deprecated === undefined ? [] : [`**Deprecated.** ${deprecated}`]),
    [...(unit === undefined ? [] : [`In ${unit}.`]), ...(since === undefined ? [] : [`Since Compose ${since}.`])].join(' '),
    `[\`${name}\` in the Compose reference](https://docs.docker.com/reference/compose-file/)`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
