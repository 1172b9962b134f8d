import { callsOf, runCommands } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'use-workdir',
  severity: 'hint',
  enabled: false,
  title: 'Change the folder with WORKDIR',
  why: '`cd` lasts until the end of its RUN: the next instruction starts in the WORKDIR again. WORKDIR says once where everything happens, and makes the folder.',
  also: ['hadolint:DL3003', 'trivy:DS013'],
  examples: [
    { bad: 'FROM debian:12\nRUN «cd /opt» && git clone https://example.org/a.git\n' },
    { good: 'FROM debian:12\nWORKDIR /opt\nRUN git clone https://example.org/a.git\n' },
    { title: 'nothing follows', bad: 'FROM debian:12\nRUN «cd /opt»\n' },
  ],
  *check(file) {
    for (const { head, args, command, instruction } of callsOf(file, 'cd')) {
      const alone = runCommands(file).every((run) => run.instruction !== instruction || run.command === command);
      yield {
        span: { start: head.span.start, end: args[0]?.span.end ?? head.span.end },
        message: alone
          ? 'This cd has no effect: the next instruction starts in the WORKDIR again. Use WORKDIR.'
          : 'The folder changes for the rest of this RUN only. WORKDIR says it for all that follows.',
      };
    }
  },
});
