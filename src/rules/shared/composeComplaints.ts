import { examine, isAcross, type Examined } from '../../compose/check/check.ts';
import { isGivenLater, type ComplaintKind } from '../../compose/complaint.ts';
import type { ComposeFile } from '../../compose/model.ts';
import type { Problem, World } from '../../lint/rule.ts';
import { folderOf, join, upwards } from '../../text/paths.ts';
import { Attached } from '../../text/attached.ts';
import { surroundingsOf } from './surroundings.ts';

// By the world, which is one check's own: its files do not change, and a file keeps nothing of it.
const known = new Attached<World, Map<ComposeFile, Examined>>();

/** A file as Compose sees it and what Compose would refuse, found out once for all rules. */
export function examined(file: ComposeFile, world: World): Examined {
  const files = known.get(world) ?? new Map<ComposeFile, Examined>();
  known.set(world, files);
  let result = files.get(file);
  if (result) return result;
  result = examine(file, surroundingsOf(world), () => world.workspace.composeFiles());
  files.set(file, result);
  return result;
}

/** The problems of one kind. */
export function* complaintsOf(kind: ComplaintKind, file: ComposeFile, world: World): Generator<Problem> {
  const project = examined(file, world);
  for (const complaint of isAcross(kind) ? project.across(kind) : project.within()) {
    const { kind: own, span, message, fix } = complaint;
    if (own !== kind) continue;
    const severity = complaint.ignored
      ? { severity: 'warning' as const }
      : isGivenLater(complaint) && isKept(file, world)
        ? { severity: 'info' as const }
        : {};
    yield { span, message, ...severity, ...(fix ? { fixes: [fix] } : {}) };
  }
}

/** Whether a file lies in a project that is kept under version control or has a guide: then what a machine gives is not part of it. */
export const isKept = ({ source }: ComposeFile, { files }: World): boolean =>
  upwards(folderOf(source.path), 12).some((folder) =>
    ['.git/', '.gitignore', 'README.md'].some((name) =>
      name.endsWith('/') ? files.list(join(folder, name)) !== undefined : files.exists(join(folder, name)),
    ),
  );
