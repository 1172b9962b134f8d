import type { RequirementsFormat } from './model.ts';
import { normalise } from './normalise.ts';

/** Lock files beside a project's file, in the order in which they count. */
export const lockNames: Readonly<Partial<Record<RequirementsFormat, readonly string[]>>> = {
  pyproject: ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'],
  pipfile: ['Pipfile.lock'],
};

/** One package of a lock file. */
export interface LockedPackage {
  /** Absent when the file has it in several versions that differ in more than their build. */
  readonly version?: string;
  /** The packages it needs; those that only an extra brings left out. */
  readonly needs: readonly Need[];
}

/** A dependency of a locked package. */
export interface Need {
  readonly name: string;
  readonly marker?: string;
}

/**
 * What a lock file (`uv.lock`, `poetry.lock`, `pdm.lock`, `pylock.toml`, `Pipfile.lock`) pins, by name. Where it has one package in several versions for
 * several platforms, the version is what they have in common (`2.5.1` of `2.5.1` and `2.5.1+cu124`), and absent when they differ.
 * These files are written by tools, megabytes long and always of one form, so their lines are read, not their TOML.
 */
export function lockedPackages(text: string): ReadonlyMap<string, LockedPackage> {
  if (/^\s*\{/.test(text)) return pipenvPackages(text);
  const packages = new Map<string, LockedPackage>();
  for (const table of text.split(/^\[\[packages?\]\]\s*$/m).slice(1)) {
    // The tables inside a package come after its own keys.
    const [own = ''] = table.split(/^\[/m, 1);
    const name = /^name\s*=\s*"([^"]+)"/m.exec(own)?.[1];
    if (name === undefined) continue;
    const version = /^version\s*=\s*"([^"]+)"/m.exec(own)?.[1];
    const key = normalise(name);
    const known = packages.get(key);
    const shared = known ? common(known.version, version) : version;
    const needs = [...(known?.needs ?? []), ...needsIn(own), ...poetryNeeds(table)];
    packages.set(key, { ...(shared === undefined ? {} : { version: shared }), needs });
  }
  return packages;
}

const common = (a: string | undefined, b: string | undefined): string | undefined => {
  if (a === undefined || b === undefined || a === b) return a === b ? a : undefined;
  const [left, right] = [a.replace(/\+.*$/, ''), b.replace(/\+.*$/, '')];
  return left === right ? left : undefined;
};

/** `dependencies = [{ name = "torch", marker = "…" }]` of uv, `["torch>=2; …"]` of pdm. */
function needsIn(own: string): readonly Need[] {
  const list = /^dependencies\s*=\s*\[(.*?)\]\s*$/ms.exec(own)?.[1] ?? '';
  return list.split('\n').flatMap((line) => {
    const name = /\bname\s*=\s*"([^"]+)"/.exec(line)?.[1] ?? /^\s*"([\w.-]+)/.exec(line)?.[1];
    const marker = /\bmarker\s*=\s*"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? /^\s*"[^";]*;\s*(.*)",?\s*$/.exec(line)?.[1];
    return name === undefined ? [] : [need(name, marker)];
  });
}

/** `torch = ">=2"` below `[package.dependencies]`. */
function poetryNeeds(table: string): readonly Need[] {
  const section = /^\[package\.dependencies\]\s*$(.*?)(?=^\[|$(?![\s\S]))/ms.exec(table)?.[1] ?? '';
  return section.split('\n').flatMap((line) => {
    const [, name, value = ''] = /^"?([\w.-]+)"?\s*=\s*(.*)$/.exec(line) ?? [];
    // Several rows for several platforms, and what only an extra needs, are not followed.
    if (name === undefined || value.startsWith('[') || /\boptional\s*=\s*true/.test(value)) return [];
    return [need(name, /\bmarkers\s*=\s*"((?:[^"\\]|\\.)*)"/.exec(value)?.[1])];
  });
}

const need = (name: string, marker: string | undefined): Need => ({
  name: normalise(name),
  ...(marker === undefined ? {} : { marker: marker.replaceAll('\\"', '"') }),
});

/** What a `Pipfile.lock` pins: JSON that pipenv writes, one package a name, without what needs what. */
function pipenvPackages(text: string): ReadonlyMap<string, LockedPackage> {
  const packages = new Map<string, LockedPackage>();
  for (const [, name, body = ''] of text.slice(Math.max(0, text.indexOf('"default":'))).matchAll(/^ {8}"([\w.-]+)":\s*\{(.*?)^ {8}\}/gms)) {
    const version = /"version":\s*"==([^"]+)"/.exec(body)?.[1];
    if (name !== undefined && !packages.has(normalise(name)))
      packages.set(normalise(name), { ...(version === undefined ? {} : { version }), needs: [] });
  }
  return packages;
}
