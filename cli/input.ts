import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import ignore, { type Ignore } from 'ignore';
import { decoded, isUtf16 } from '../machine/decoded.ts';
import { languageOf } from '../src/core.ts';
import type { Language } from '../src/document.ts';
import type { Files } from '../src/lint/rule.ts';

/** Something the person who called has to change; its message is the whole answer. */
export class CannotRun extends Error {}

/** A file that only its name makes one of ours, or that is too long: in a folder it is passed over. */
export class LeftOut extends CannotRun {}

/** `parseArgs`, with its errors as sentences. */
export function readArguments<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)}. See «ml-containers help».`);
  }
}

/** One of a few words. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new CannotRun(`--${option} is ${allowed.join(', ')}, not «${value}».`);
  return found;
}

export interface Found {
  readonly path: string;
  readonly language: Language;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ELOOP: 'is a link to itself',
};
const because = (error: unknown): string =>
  reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? `cannot be read (${error instanceof Error ? error.message : String(error)})`;

/** The files to check in the order given, folders walked. Throws when a path does not exist or says nothing about what it is. */
export function findFiles(paths: readonly string[], onProblem: (message: string) => void): Found[] {
  const found = new Map<string, Found>();
  for (const path of paths) {
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch (error) {
      throw new CannotRun(`«${path}» ${because(error)}.`);
    }
    if (isFolder) for (const each of walk(path, onProblem)) found.set(each.path, each);
    else {
      const language = languageOf(slashes(path)) ?? guess(path);
      if (!language) throw new CannotRun(`«${path}» is no Dockerfile, Compose file or requirements file by its name or content.`);
      found.set(slashes(path), { path: slashes(path), language });
    }
  }
  return [...found.values()];
}

/** What a file with an unusual name is, by its content. */
function guess(path: string): Language | undefined {
  let text: string;
  try {
    text = readText(path);
  } catch {
    return languageByEnding(path);
  }
  if (/^\s*FROM\s+\S/im.test(text)) return 'dockerfile';
  if (/\.ya?ml$/.test(path) && /^services\s*:/m.test(text)) return 'compose';
  return languageByEnding(path);
}
const languageByEnding = (path: string): Language | undefined =>
  /\.ya?ml$/.test(path) ? 'compose' : path.endsWith('.txt') ? 'requirements' : undefined;

const slashes = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));

/** All files of ours under a folder, `.gitignore` respected at every level; sorted. */
export function* walk(
  root: string,
  onProblem: (message: string) => void,
  rules: readonly { readonly at: string; readonly rule: Ignore }[] = [],
  folder = root,
): Generator<Found> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    onProblem(`«${folder}» ${because(error)}.`);
    return;
  }
  let active = rules;
  if (entries.some(({ name }) => name === '.gitignore')) {
    try {
      active = [...rules, { at: folder, rule: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) }];
    } catch {
      // A .gitignore that cannot be read ignores nothing.
    }
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name === '.git' || entry.name === 'node_modules' || (entry.name === 'vendor' && isFetched(path))) continue;
    const name = entry.isDirectory() ? `${path}/` : path;
    if (active.some(({ at, rule }) => rule.ignores(slashes(relative(at, name)) + (entry.isDirectory() ? '/' : '')))) continue;
    if (entry.isDirectory()) yield* walk(root, onProblem, active, path);
    else {
      const language = languageOf(slashes(path));
      if (language && (entry.isFile() || entry.isSymbolicLink())) yield { path: slashes(path), language };
    }
  }
}

/** Whether a `vendor` folder is what Go or Composer has put there: somebody else's code. */
const isFetched = (folder: string): boolean =>
  stat(join(folder, 'modules.txt')) !== undefined || stat(join(folder, 'autoload.php')) !== undefined;

/** A file's text. Throws a sentence for what is no text. */
export function readText(path: string, language?: Language): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CannotRun(`«${path}» ${because(error)}.`);
  }
  if (isUtf16(bytes)) {
    if (language === 'dockerfile' || language === 'dockerignore')
      throw new CannotRun(`«${path}» is UTF-16, and a build reads UTF-8 only. Save it as UTF-8.`);
  } else if (bytes.subarray(0, 8192).includes(0)) throw new LeftOut(`«${path}» is a binary file, not text.`);
  return decoded(bytes);
}

/** The files of the disk as rules see them, read once. */
export function diskFiles(): Files {
  const texts = new Map<string, string | undefined>();
  const largest = 4 * 1024 * 1024;
  return {
    read: (path) => {
      if (!texts.has(path)) texts.set(path, readSmall(path, largest));
      return texts.get(path);
    },
    exists: (path) => stat(path) !== undefined,
    list: (path) => {
      try {
        return readdirSync(path || '.', { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
      } catch {
        return undefined;
      }
    },
    size: (path) => stat(path)?.size,
  };
}

/** What lies at a path; undefined when nothing does, or nothing that may be seen. */
function stat(path: string) {
  try {
    return statSync(path || '.', { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readSmall(path: string, largest: number): string | undefined {
  const about = stat(path);
  if (!about?.isFile() || about.size > largest) return undefined;
  try {
    return decoded(readFileSync(path));
  } catch {
    return undefined;
  }
}
