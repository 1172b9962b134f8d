import type { Files } from '../../lint/rule.ts';
import { lockedPackages, lockNames, type LockedPackage } from '../../python/lock.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import type { Requirement, Requirements } from '../../python/model.ts';
import { folderOf, join } from '../../text/paths.ts';
import { Attached } from '../../text/attached.ts';

/** The lock file beside a project file. */
export interface Lock {
  readonly path: string;
  readonly packages: ReadonlyMap<string, LockedPackage>;
}

const read = new Map<string, { readonly text: string; readonly packages: Lock['packages'] }>();

/** What the lock file beside a project file pins; undefined when there is none. */
export function lockBeside({ source: { path }, format }: Pick<Requirements, 'source' | 'format'>, files: Files): Lock | undefined {
  for (const name of lockNames[format] ?? []) {
    const lock = join(folderOf(path), name);
    const text = files.read(lock);
    if (text === undefined) continue;
    let known = read.get(lock);
    if (known?.text !== text) read.set(lock, (known = { text, packages: lockedPackages(text) }));
    return { path: lock, packages: known.packages };
  }
  return undefined;
}

const cache = new Attached<Requirements, { readonly packages: Lock['packages']; readonly requirements: readonly Requirement[] }>();

/**
 * The requirements of a file with the versions that its lock file really pins, and what they bring in turn, at the place of the one that
 * brings it; as written where there is no lock.
 */
export function lockedRequirements(file: Requirements, files: Files): readonly Requirement[] {
  const lock = lockBeside(file, files);
  if (!lock) return file.requirements;
  let known = cache.get(file);
  if (known?.packages !== lock.packages)
    cache.set(file, (known = { packages: lock.packages, requirements: locked(file.requirements, lock.packages) }));
  return known.requirements;
}

function locked(requirements: readonly Requirement[], packages: Lock['packages']): readonly Requirement[] {
  const direct = requirements.map((each) => {
    const pinned = each.url === undefined ? packages.get(each.name)?.version : undefined;
    return pinned === undefined ? each : { ...each, pinned };
  });
  const named = new Set(direct.map(({ name }) => name));
  // What the project itself always brings counts before what a group brings.
  const roots = [...direct.filter(({ group }) => !group), ...direct.filter(({ group }) => group)];
  const seen = new Set<string>();
  return [...direct, ...roots.flatMap((root) => brought(root, packages, named, seen))];
}

function brought(root: Requirement, packages: Lock['packages'], named: ReadonlySet<string>, seen: Set<string>): readonly Requirement[] {
  const found: Requirement[] = [];
  const open = [root.name];
  for (let name = open.pop(); name !== undefined; name = open.pop())
    for (const need of packages.get(name)?.needs ?? []) {
      const version = packages.get(need.name)?.version;
      if (version === undefined || seen.has(need.name) || named.has(need.name) || holdsOnLinux(need.marker) !== true) continue;
      seen.add(need.name);
      open.push(need.name);
      found.push({
        name: need.name,
        nameSpan: root.nameSpan,
        extras: [],
        specifier: '',
        pinned: version,
        span: root.span,
        via: root.name,
        ...(root.marker === undefined ? {} : { marker: root.marker }),
        ...(root.group ? { group: root.group } : {}),
        ...(root.entry ? { entry: root.entry } : {}),
      });
    }
  return found;
}
