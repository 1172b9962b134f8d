import type { Files } from '../../lint/rule.ts';
import { lockedVersions, lockNames } from '../../python/lock.ts';
import type { Requirement, Requirements } from '../../python/model.ts';
import { folderOf, join } from './paths.ts';

const read = new Map<string, { readonly text: string; readonly versions: ReadonlyMap<string, string> }>();

/** What the lock file beside a project file pins; undefined when there is none. */
export function lockBeside(
  path: string,
  files: Files,
): { readonly path: string; readonly versions: ReadonlyMap<string, string> } | undefined {
  for (const name of lockNames) {
    const lock = join(folderOf(path), name);
    const text = files.read(lock);
    if (text === undefined) continue;
    let known = read.get(lock);
    if (known?.text !== text) read.set(lock, (known = { text, versions: lockedVersions(text) }));
    return { path: lock, versions: known.versions };
  }
  return undefined;
}

/** The requirements of a file with the versions that its lock file really pins; as written where there is no lock. */
export function lockedRequirements({ source: { path }, format, requirements }: Requirements, files: Files): readonly Requirement[] {
  const lock = format === 'pyproject' ? lockBeside(path, files) : undefined;
  if (!lock) return requirements;
  return requirements.map((each) => {
    const pinned = each.url === undefined ? lock.versions.get(each.name) : undefined;
    return pinned === undefined ? each : { ...each, pinned };
  });
}
