import { mentioned, writingsIn, type Writing } from './mentions.ts';
import { readEnv } from './envFile.ts';
import { baseName, join } from '../text/paths.ts';
import type { Surroundings } from './surroundings.ts';
import { Attached } from '../text/attached.ts';
import { remembered } from '../text/remembered.ts';

/** The variables that fill in a file. */
export interface Variables {
  readonly get: (name: string) => string | undefined;
  /** Whether an example file, a script or a guide says that whoever starts it sets this variable. */
  readonly expected: (name: string) => boolean;
}

interface Context {
  readonly envFiles?: readonly string[] | undefined;
  /** What the file itself calls the project. */
  readonly project?: string | undefined;
}

/** What a shell has where there is a proxy, and lacks where there is none: nothing is right then. */
const proxies = /^(?:https?|ftp|all|no)_proxy$/i;

/** The name that Compose makes of a text: lower case, letters, digits, `-` and `_`. */
export const projectName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');

const known = new Attached<Surroundings, Map<string, Variables>>();

/** The shell's variables, then those of the env files, by path (`.env` of the project's folder unless others are named). */
export function variablesFor(folder: string, surroundings: Surroundings, context: Context = {}): Variables {
  const all = known.get(surroundings) ?? new Map<string, Variables>();
  known.set(surroundings, all);
  const key = JSON.stringify([folder, context]);
  let variables = all.get(key);
  if (!variables) all.set(key, (variables = variablesIn(folder, surroundings, context)));
  return variables;
}

function variablesIn(folder: string, surroundings: Surroundings, context: Context): Variables {
  const { read, variable, directory } = surroundings;
  const base = join(directory ?? '', folder);
  const values = new Map<string, string>();
  // Whoever calls Compose calls it from a folder.
  const given = (name: string): string | undefined =>
    variable(name) ?? values.get(name) ?? (name === 'PWD' ? (base.startsWith('/') ? base : '.') : undefined);
  for (const file of context.envFiles ?? [join(folder, '.env')]) {
    const text = read(file);
    if (text !== undefined) for (const [name, value] of readEnv(text, given)) values.set(name, value);
  }
  const written = new Map<Writing, readonly string[]>();
  const writings = (kind: Writing): readonly string[] => {
    let texts = written.get(kind);
    if (!texts) written.set(kind, (texts = writingsIn(kind, folder, surroundings)));
    return texts;
  };
  const expected = (name: string): boolean =>
    proxies.test(name) || namesIn(writings('examples')).has(name) || mentioned(name, writings('guides'));
  const fromFolder = projectName(baseName(base));
  // Where the folder is not known, it has some name; of one without letters and digits that Compose takes nothing is left.
  const nameless = baseName(base) === '' ? 'project' : undefined;
  const get = (name: string): string | undefined =>
    given(name) ?? (name === 'COMPOSE_PROJECT_NAME' ? projectName(context.project ?? '') || fromFolder || nameless : undefined);
  return { get, expected };
}

/** The variables that examples and scripts set. */
const namesIn = remembered(
  (texts: readonly string[]): ReadonlySet<string> =>
    new Set(texts.flatMap((text) => [...text.matchAll(/^[#\s]*(?:export\s+)?(\w+)\s*=/gm)].map((match) => match[1] ?? ''))),
);
