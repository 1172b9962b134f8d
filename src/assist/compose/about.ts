import { alternatives } from '../../compose/keys/lookup.ts';
import { remembered } from '../../text/remembered.ts';
import type { Key } from '../../compose/keys/key.ts';

/** The key that a path ends with in Markdown: what it is for, what it takes, since when. */
export function about(path: readonly string[], key: Key): string {
  const texts = said(key);
  const name = path.at(-1) ?? '';
  const page = pageOf(path);
  const id = `${name} ${page}`;
  let text = texts.get(id);
  if (text === undefined) texts.set(id, (text = say(name, page, key)));
  return text;
}

/** Where the reference explains a key, or the key that it is below. */
function pageOf([top = '', , ...below]: readonly string[]): string {
  const [key = '', inner = ''] = below.filter((each) => each !== '[]');
  const at = (page: string, name: string): string => (name === '' ? `${page}/` : `${page}/#${name}`);
  if (top === 'services') return /^(?:build|deploy|develop)$/.test(key) ? at(key, inner) : at('services', key);
  if (/^(?:networks|volumes|configs|secrets|models)$/.test(top)) return at(top, key);
  if (top === 'include') return 'include/';
  return /^(?:name|version)$/.test(top) ? 'version-and-name/' : '';
}

/** By its name and its page: several keys may share a row. */
const said = remembered((_: Key) => new Map<string, string>());

function say(name: string, page: string, { about: text, since, deprecated, unit, ml, shape }: Key): string {
  const choices = [
    ...new Set(alternatives(shape).flatMap((each) => (each.kind === 'string' ? (each.values ?? each.suggestions ?? []) : []))),
  ];
  return [
    text,
    ...(choices.length ? [`One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`] : []),
    ...(ml === undefined ? [] : [`*For ML:* ${ml}`]),
    ...(deprecated === undefined ? [] : [`**Deprecated.** ${deprecated}`]),
    [
      ...(unit === undefined ? [] : [unit.startsWith('duration') ? `A ${unit}.` : `In ${unit}.`]),
      ...(since === undefined ? [] : [`Since Compose ${since}.`]),
    ].join(' '),
    `[\`${name}\` in the Compose reference](https://docs.docker.com/reference/compose-file/${page})`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
