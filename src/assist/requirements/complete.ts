import type { World } from '../../lint/rule.ts';
import type { Requirements } from '../../python/model.ts';
import { installers } from '../../rules/shared/installers.ts';
import { publicVersion } from '../../rules/shared/pins.ts';
import { stagePython } from '../../rules/shared/torchPython.ts';
import { lineAt, lineSpan } from '../../text/text.ts';
import type { Completion } from '../model.ts';
import { completeIndex, completeName, completePin } from '../packages/pin.ts';
import type { Around } from '../packages/versions.ts';

/** Versions, names and indexes in a file of requirements. */
export function completeRequirements(file: Requirements, offset: number, world: World): readonly Completion[] {
  const { source, format } = file;
  const line = lineSpan(source, lineAt(source, offset));
  const before = source.text.slice(line.start, offset);
  const behind = /^[\w.*+!-]*/.exec(source.text.slice(offset, line.end))?.[0].length ?? 0;
  const { knowledge } = world;
  if (/(?:^|\s)#/.test(before)) return [];
  if (format === 'pyproject') {
    const inside = file.requirements.find(({ span, entry }) => !entry && span.start <= offset && offset <= span.end + 1);
    const from = inside?.span.start;
    if (from === undefined || from < line.start) return [];
    return completePin(source.text.slice(from, offset), { start: from, end: offset + behind }, around(file, world), knowledge) ?? [];
  }
  const option = /^\s*(?:-i|--(?:extra-)?index-url|-f|--find-links)[= ]+(\S*)$/.exec(before);
  if (option) {
    const end = offset + (/^\S*/.exec(source.text.slice(offset, line.end))?.[0].length ?? 0);
    return completeIndex(option[1] ?? '', { start: offset - (option[1] ?? '').length, end }, around(file, world), knowledge);
  }
  // conda has versions of its own; below `pip:` they are PyPI's, written with two signs.
  const [, head = '', text = ''] = (format === 'conda' ? /^(\s*-\s+)(\S*==\S*)$/ : /^(\s*)(\S.*)$/).exec(before) ?? [];
  if (!text) return [];
  const span = { start: line.start + head.length, end: offset + behind };
  const pins = completePin(text, span, around(file, world), knowledge);
  if (pins) return pins;
  return format === 'pip' && /^[A-Za-z][\w.-]*$/.test(text) ? completeName(text, span, around(file, world), knowledge) : [];
}

/** The torch that the file pins, and the Python of the image that it is installed into. */
function around({ source, requirements }: Requirements, world: World): Around {
  const torch = requirements.find(({ name }) => name === 'torch')?.pinned;
  const pythons = installers(source.path, world).flatMap(
    ({ dockerfile, stage }) => stagePython(world.knowledge, dockerfile, stage, world.options.buildArgs)?.version ?? [],
  );
  const [python] = new Set(pythons).size === 1 ? pythons : [];
  return { ...(torch === undefined ? {} : { torch: publicVersion(torch) }), ...(python === undefined ? {} : { python }) };
}
