import { check } from '../../compose/check/check.ts';
import type { Complaint, ComplaintKind } from '../../compose/complaint.ts';
import type { ComposeFile } from '../../compose/model.ts';
import type { Problem, World } from '../../lint/rule.ts';

interface Known {
  readonly world: World;
  /** The files that were looked at, with the text they had. */
  readonly reads: ReadonlyMap<string, string | undefined>;
  readonly complaints: readonly Complaint[];
}

const known = new WeakMap<ComposeFile, Known>();

/** What Compose would refuse in a file, found out once for all rules that report a part of it. */
function allComplaints(file: ComposeFile, world: World): readonly Complaint[] {
  const old = known.get(file);
  if (old?.world === world && [...old.reads].every(([path, text]) => world.files.read(path) === text)) return old.complaints;
  const reads = new Map<string, string | undefined>();
  const read = (path: string): string | undefined => {
    if (!reads.has(path)) reads.set(path, world.files.read(path));
    return reads.get(path);
  };
  const complaints = check(file, { read, variable: (name) => world.environment?.[name] }, world.workspace.composeFiles());
  known.set(file, { world, reads, complaints });
  return complaints;
}

/** The problems of one kind. */
export function* complaintsOf(kind: ComplaintKind, file: ComposeFile, world: World): Generator<Problem> {
  for (const { kind: own, span, message, fix } of allComplaints(file, world))
    if (own === kind) yield { span, message, ...(fix ? { fixes: [fix] } : {}) };
}
