import type { Dockerfile, Instruction, Stage } from '../../../dockerfile/model.ts';
import { pipInstalls } from '../../../dockerfile/packages/pip.ts';
import type { World } from '../../../lint/rule.ts';
import { parseRequirement } from '../../../python/requirements.ts';
import { publicVersion } from '../../../rules/shared/pins.ts';
import { stagePython } from '../../../rules/shared/torchPython.ts';
import type { Completion } from '../../model.ts';
import { completeExtra } from '../../packages/extras.ts';
import { completeBackend, completeIndex, completePin } from '../../packages/pin.ts';
import type { Around } from '../../packages/versions.ts';
import type { Typed } from '../place.ts';

/** Versions and indexes in a `pip install`; undefined where something else is written. */
export function completePins(
  file: Dockerfile,
  instruction: Instruction,
  stage: Stage | undefined,
  { span, prefix }: Typed,
  world: World,
): readonly Completion[] | undefined {
  const { text } = file.source;
  const install = pipInstalls(file, instruction).findLast(
    (each) => each.span.start < span.start && /^\s*(?:\\\s*)?$/.test(text.slice(Math.min(each.span.end, span.start), span.start)),
  );
  if (!install) return undefined;
  const torch = install.operands
    .map(({ value, dynamic }) => (dynamic ? undefined : parseRequirement(value, (index) => index)))
    .find((requirement) => requirement?.name === 'torch' && requirement.pinned !== undefined)?.pinned;
  const python = stage && stagePython(world.knowledge, file, stage, world.options.buildArgs)?.version;
  const around: Around = {
    ...(torch === undefined ? {} : { torch: publicVersion(torch) }),
    ...(python === undefined ? {} : { python }),
  };
  const { knowledge } = world;
  const [option = '', value] = /^(--[\w-]+)=(.*)$/.exec(prefix)?.slice(1) ?? [];
  const before = install.options.findLast(({ valueWord }) => valueWord && valueWord.span.start >= span.start)?.name;
  const earlier = /(\S+)\s+(?:\\\s*)?$/.exec(text.slice(0, span.start))?.[1];
  const name = value === undefined ? (before ?? earlier ?? '') : option;
  const typed = value ?? prefix;
  const place = { start: span.start + prefix.length - typed.length, end: span.end };
  if (/^(?:-i|--index-url|--extra-index-url|--default-index|--index|-f|--find-links)$/.test(name))
    return completeIndex(typed, place, around, knowledge);
  if (name === '--torch-backend') return completeBackend(typed, place, around, knowledge);
  const quote = /^["']/.exec(prefix)?.[0] ?? '';
  const end = quote && text[span.end - 1] === quote && span.end - 1 > span.start ? span.end - 1 : span.end;
  const own = prefix.slice(quote.length);
  const withoutOwn = /^torch(?:\W|$)/.test(own) && python !== undefined ? { python } : around;
  const inner = { start: span.start + quote.length, end };
  return completeExtra(own, inner, knowledge) ?? completePin(own, inner, withoutOwn, knowledge);
}
