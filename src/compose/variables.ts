import { readEnv } from './envFile.ts';
import { joinPath } from './paths.ts';
import type { Surroundings } from './surroundings.ts';

/** The variables that fill in a file. */
export interface Variables {
  readonly get: (name: string) => string | undefined;
  /** Whether an example file says that whoever starts it sets this variable. */
  readonly expected: (name: string) => boolean;
}

interface Context {
  readonly envFiles?: readonly string[] | undefined;
  /** What the file itself calls the project. */
  readonly project?: string | undefined;
}

const examples = ['.env.example', '.env.sample', '.env.template', '.env.dist', '.env.default', 'env.example', 'example.env', 'sample.env'];

/** The shell's variables, then those of the env files, by path (`.env` of the project's folder unless others are named). */
export function variablesFor(folder: string, { read, variable, directory }: Surroundings, more: Context = {}): Variables {
  const envFiles = more.envFiles ?? [joinPath(folder, '.env')];
  const values = new Map<string, string>();
  for (const file of envFiles) {
    const text = read(file);
    if (text !== undefined)
      for (const [name, value] of readEnv(text, (each) => variable(each) ?? values.get(each))) values.set(name, value);
  }
  let names: Set<string> | undefined;
  const expected = (name: string): boolean => {
    names ??= new Set(
      examples.flatMap((file) =>
        [...(read(joinPath(folder, file)) ?? '').matchAll(/^[#\s]*(?:export\s+)?(\w+)\s*=/gm)].map((match) => match[1] ?? ''),
      ),
    );
    return names.has(name);
  };
  const base = joinPath(directory ?? '', folder);
  const fromFolder = base
    .slice(base.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');
  const get = (name: string): string | undefined =>
    variable(name) ?? values.get(name) ?? (name === 'COMPOSE_PROJECT_NAME' ? more.project || fromFolder || 'project' : undefined);
  return { get, expected };
}
