import { expand } from './expand.ts';
import { trimEnd } from './lines.ts';
import type { Instruction, Stage } from './model.ts';
import { globalArgs } from './scope.ts';

/** The stages that instructions make, the first of which may be `known`. */
export function stagesOf(
  text: string,
  escape: '\\' | '`',
  instructions: readonly Instruction[],
  known: readonly Stage[] = [],
): readonly Stage[] {
  const stages = [...known];
  /** By name in lower case, the latest of each name. */
  const byName = new Map(known.flatMap((stage) => (stage.name ? [[stage.name.value.toLowerCase(), stage]] : [])));
  let globals: ReturnType<typeof globalArgs> | undefined;
  /** An image with the defaults of the ARGs before the first FROM put in. */
  const expanded = (image: string): string => {
    if (!/[$"'\\`]/.test(image) || isNoStage(image)) return image;
    const args = (globals ??= globalArgs({ instructions, escape }));
    const result = expand(image, (name) => args.get(name)?.value, { escape });
    return result.ok ? result.text : image;
  };
  let open: { readonly from: Instruction; readonly rest: Instruction[] } | undefined;
  const close = (end: number): void => {
    if (!open) return;
    const { from, rest } = open;
    const [image, as, name] = from.args;
    const named = as?.value.toUpperCase() === 'AS' ? name : undefined;
    const base = image && byName.get(expanded(image.text));
    const stage: Stage = {
      index: stages.length,
      from,
      ...(named ? { name: named } : {}),
      ...(image ? { image } : {}),
      ...(base ? { base } : {}),
      instructions: rest,
      span: { start: from.span.start, end: trimEnd(text, from.span.start, end) },
    };
    stages.push(stage);
    if (named) byName.set(named.value.toLowerCase(), stage);
  };
  for (const instruction of instructions) {
    if (instruction.stage === undefined || instruction.stage < known.length) continue;
    if (instruction.keyword === 'FROM') {
      close(instruction.span.start);
      open = { from: instruction, rest: [] };
    } else open?.rest.push(instruction);
  }
  close(text.length);
  return stages;
}

/** Whether an image has signs, outside its variables, that no stage's name has. */
const isNoStage = (image: string): boolean => /[/:@]/.test(image.replace(/\$\{[^}]*\}/g, ''));
