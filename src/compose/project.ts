import { baseName, folderOf, join } from '../text/paths.ts';
import type { Surroundings } from './surroundings.ts';
import { variablesFor } from './variables.ts';

const main = /^(?:docker-)?compose\.ya?ml$/;
const mainNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = ['compose.override.yaml', 'compose.override.yml', 'docker-compose.override.yml', 'docker-compose.override.yaml'];

/** Whether Compose takes a file of this name by itself. */
export const isMain = (path: string): boolean => main.test(baseName(path));

/** The files that a file is laid over, and those laid over it, in order. */
export interface Layers {
  readonly under: readonly string[];
  readonly over: readonly string[];
  /** The folder that relative paths begin in, where it is not that of the first file. */
  readonly folder?: string;
  /** What fills it in instead of `.env`, where it is included with files of its own. */
  readonly envFiles?: readonly string[];
}

/** The layers around a file: those of `COMPOSE_FILE` when it is one of them, else its base or override by name. */
export function layersOf(path: string, surroundings: Surroundings): Layers {
  const folder = folderOf(path);
  const listed = listedFiles(path, surroundings);
  const place = listed.indexOf(join('', path));
  if (place >= 0) return { under: listed.slice(0, place), over: listed.slice(place + 1) };
  const name = baseName(path);
  const first = (names: readonly string[]): readonly string[] =>
    names
      .map((each) => join(folder, each))
      .filter((each) => surroundings.read(each) !== undefined)
      .slice(0, 1);
  return {
    under: name.replace(/\.ya?ml$/, '').endsWith('.override') ? first(mainNames) : [],
    over: main.test(name) ? first(overrideNames) : [],
  };
}

/** The files of `COMPOSE_FILE`: the shell's begin where Compose is called, the top here, those of `.env` beside it. Only files that are there. */
function listedFiles(path: string, surroundings: Surroundings): readonly string[] {
  const folder = folderOf(path);
  const { get } = variablesFor(folder, surroundings);
  const value = get('COMPOSE_FILE');
  if (!value) return [];
  const separator = get('COMPOSE_PATH_SEPARATOR') ?? (value.includes(';') ? ';' : ':');
  const names = value.split(separator).filter((each) => each !== '');
  for (const from of [folder, '', surroundings.directory ?? '']) {
    const files = names.map((each) => join(from, each));
    if (files.includes(join('', path))) return files.filter((each) => surroundings.read(each) !== undefined);
  }
  return [];
}

/** The profiles that are on when nobody names any: those of `COMPOSE_PROFILES`, from the shell or `.env`. `*` stands for all. */
export function activeProfiles(path: string, surroundings: Surroundings): ReadonlySet<string> {
  const value = variablesFor(folderOf(path), surroundings).get('COMPOSE_PROFILES') ?? '';
  // With none named, a service whose profile is an empty text runs, too.
  return new Set(value.split(',').map((each) => each.trim()));
}
