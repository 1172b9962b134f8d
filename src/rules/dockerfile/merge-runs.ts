import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { slice } from '../../text/text.ts';
import { joinRuns } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'merge-runs',
  severity: 'hint',
  enabled: false,
  title: 'Join neighbouring RUNs',
  why: 'Every RUN is a layer. Two that always run together may be one, joined by `&&`, and what the first leaves behind the second can then remove. Steps that change at different times are better kept apart, for the cache.',
  also: ['hadolint:DL3059'],
  examples: [
    { bad: 'FROM debian:12\nRUN ./a.sh\n«RUN» ./b.sh\n', good: 'FROM debian:12\nRUN ./a.sh && ./b.sh\n' },
    {
      title: 'with other mounts, or of several steps',
      good: 'FROM debian:12\nRUN --mount=type=secret,id=a ./a.sh\nRUN ./b.sh\nRUN ./c.sh && ./d.sh\nWORKDIR /x\nRUN ./e.sh\n',
    },
  ],
  *check(file) {
    let before: Instruction | undefined;
    for (const instruction of file.instructions) {
      if (
        before &&
        single(file, before) &&
        single(file, instruction) &&
        before.stage === instruction.stage &&
        flagsOf(file, before) === flagsOf(file, instruction)
      )
        yield {
          span: instruction.keywordSpan,
          message: 'This RUN could be part of the one before it, joined by &&: one layer less.',
          fixes: fixes(file, before, instruction),
        };
      before = instruction;
    }
  },
});

/** What the first leaves in the shell must not reach the second. */
function fixes(file: Dockerfile, before: Instruction, after: Instruction): readonly Fix[] {
  const [command] = commandsOf(file, before);
  if (!command || /^(?:cd|pushd|export|set|shopt|source|\.|alias|umask|ulimit|exec|exit|)$/.test(command.name)) return [];
  const edit = joinRuns(file, before, after);
  return edit ? [{ title: 'Join it with the RUN above', safe: true, edits: [edit] }] : [];
}

const flagsOf = (file: Dockerfile, { flags }: Instruction): string => flags.map(({ span }) => slice(file.source, span)).join(' ');
const single = (file: Dockerfile, instruction: Instruction): boolean =>
  instruction.keyword === 'RUN' &&
  !instruction.heredocs.length &&
  commandsOf(file, instruction).filter(({ substituted, joint }) => !substituted && joint !== '|').length <= 1;
