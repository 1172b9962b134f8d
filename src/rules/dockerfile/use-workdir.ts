import type { Dockerfile } from '../../dockerfile/model.ts';
import { callsOf, runCommands, type RunCommand } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { isWholeRun, lineBefore, withoutCommand } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'use-workdir',
  severity: 'hint',
  enabled: false,
  title: 'Change the folder with WORKDIR',
  why: '`cd` lasts until the end of its RUN: the next instruction starts in the WORKDIR again. WORKDIR says once where everything happens, and makes the folder.',
  also: ['hadolint:DL3003', 'trivy:DS013'],
  looksAt: ['RUN cd'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «cd /opt» && git clone https://example.org/a.git\n',
      good: 'FROM debian:12\nWORKDIR /opt\nRUN git clone https://example.org/a.git\n',
    },
    { good: 'FROM debian:12\nWORKDIR /opt\nRUN git clone https://example.org/a.git\n' },
    { title: 'nothing follows', bad: 'FROM debian:12\nRUN «cd /opt»\n' },
  ],
  *check(file) {
    for (const call of callsOf(file, 'cd')) {
      const { head, args, command, instruction } = call;
      const alone = runCommands(file).every((run) => run.instruction !== instruction || run.command === command);
      yield {
        span: { start: head.span.start, end: args[0]?.span.end ?? head.span.end },
        message: alone
          ? 'This cd has no effect: the next instruction starts in the WORKDIR again. Use WORKDIR.'
          : 'The folder changes for the rest of this RUN only. WORKDIR says it for all that follows.',
        fixes: fixes(file, call),
      };
    }
  },
});

/** WORKDIR before the RUN in the place of a cd that begins it: what stands below starts there as well. */
function fixes(file: Dockerfile, call: RunCommand): readonly Fix[] {
  const { args, command, instruction } = call;
  const [folder] = args;
  if (args.length !== 1 || !folder || folder.dynamic || folder.value === '-' || command.joint !== 'first') return [];
  const line = `WORKDIR ${folder.text}`;
  const before = lineBefore(file, instruction, line);
  const without = withoutCommand(file, call);
  if (!before || !without) return [];
  const edits = isWholeRun(file, call) ? [{ span: instruction.span, text: line }] : [before, without];
  return [{ title: 'Use WORKDIR', safe: false, edits }];
}
