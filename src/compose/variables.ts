import { mentioned } from './mentions.ts';
import { readEnv } from './envFile.ts';
import { baseName, join, upwards } from '../text/paths.ts';
import type { Surroundings } from './surroundings.ts';

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

const examples = ['.env.example', '.env.sample', '.env.template', '.env.dist', '.env.default', 'env.example', 'example.env', 'sample.env'];

/** So many folders are looked at for what says a variable: the project's own and those above. */
export const near = 3;

/** Examples for one of several settings: `.env.hybrid.example`, given by `--env-file`. */
const ofSetting = /^\.?env[.-][\w.-]*[.-](?:example|sample|template|dist|default)$/;

/** What a shell has where there is a proxy, and lacks where there is none: nothing is right then. */
const proxies = /^(?:https?|ftp|all|no)_proxy$/i;

/** Scripts that whoever starts the project sources first. */
const scripts = ['set_env.sh', 'setenv.sh', 'set-env.sh', 'env.sh', '.envrc'];

/** The name that Compose makes of a text: lower case, letters, digits, `-` and `_`. */
export const projectName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');

/** The shell's variables, then those of the env files, by path (`.env` of the project's folder unless others are named). */
export function variablesFor(folder: string, { read, list, variable, directory }: Surroundings, more: Context = {}): Variables {
  const envFiles = more.envFiles ?? [join(folder, '.env')];
  const base = join(directory ?? '', folder);
  const values = new Map<string, string>();
  // Whoever calls Compose calls it from a folder.
  const given = (name: string): string | undefined =>
    variable(name) ?? values.get(name) ?? (name === 'PWD' ? (base.startsWith('/') ? base : '.') : undefined);
  for (const file of envFiles) {
    const text = read(file);
    if (text !== undefined) for (const [name, value] of readEnv(text, given)) values.set(name, value);
  }
  let names: Set<string> | undefined;
  const expected = (name: string): boolean => {
    names ??= new Set(
      [
        ...new Set([...examples, ...(list?.(folder) ?? []).filter((name) => ofSetting.test(name))].map((file) => join(folder, file))),
        ...upwards(folder, near).flatMap((at) => scripts.map((file) => join(at, file))),
      ].flatMap((path) => [...(read(path) ?? '').matchAll(/^[#\s]*(?:export\s+)?(\w+)\s*=/gm)].map((match) => match[1] ?? '')),
    );
    return proxies.test(name) || names.has(name) || mentioned(name, upwards(folder, near), read);
  };
  const fromFolder = projectName(baseName(base));
  // Where the folder is not known, it has some name; of one without letters and digits that Compose takes nothing is left.
  const nameless = baseName(base) === '' ? 'project' : undefined;
  const get = (name: string): string | undefined =>
    given(name) ?? (name === 'COMPOSE_PROJECT_NAME' ? projectName(more.project ?? '') || fromFolder || nameless : undefined);
  return { get, expected };
}
