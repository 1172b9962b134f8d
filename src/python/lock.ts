import { normalise } from './requirements.ts';

/** Lock files beside a `pyproject.toml`, in the order in which they count. */
export const lockNames: readonly string[] = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'];

/**
 * What a lock file (`uv.lock`, `poetry.lock`, `pdm.lock`, `pylock.toml`) pins, by name. Where it has one package in several versions for
 * several platforms, the version is what they have in common (`2.5.1` of `2.5.1` and `2.5.1+cu124`), and absent when they differ.
 * These files are written by tools, megabytes long and always of one form, so their lines are read, not their TOML.
 */
export function lockedVersions(text: string): ReadonlyMap<string, string> {
  const versions = new Map<string, string | undefined>();
  for (const table of text.split(/^\[\[packages?\]\]\s*$/m).slice(1)) {
    // The tables inside a package come after its own keys.
    const own = table.split(/^\[/m, 1)[0] ?? '';
    const name = /^name\s*=\s*"([^"]+)"/m.exec(own)?.[1];
    const version = /^version\s*=\s*"([^"]+)"/m.exec(own)?.[1];
    if (name === undefined || version === undefined) continue;
    const key = normalise(name);
    const known = versions.get(key);
    versions.set(key, versions.has(key) ? common(known, version) : version);
  }
  return new Map([...versions].flatMap(([name, version]) => (version === undefined ? [] : [[name, version] as const])));
}

const common = (a: string | undefined, b: string): string | undefined => {
  if (a === undefined || a === b) return a;
  const [left, right] = [a.replace(/\+.*$/, ''), b.replace(/\+.*$/, '')];
  return left === right ? left : undefined;
};
