import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { allInstructions, stageAround } from '../../dockerfile/scope.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';

/** The users that the stage makes or switches to before a place. */
export function users(file: Dockerfile, before: Instruction): readonly string[] {
  const stage = stageAround(file, before);
  if (!stage) return [];
  const names = new Set<string>();
  for (const instruction of allInstructions(stage)) {
    if (instruction.span.start >= before.span.start) break;
    if (instruction.keyword === 'USER') names.add(instruction.args[0]?.value.replace(/:.*/, '') ?? '');
    if (instruction.keyword === 'RUN')
      for (const { name, words } of commandsOf(file, instruction))
        if (/^(?:useradd|adduser)$/.test(name)) names.add(words.at(-1)?.value ?? '');
  }
  return [...names].filter((name) => /^[\w-]+$/.test(name));
}
