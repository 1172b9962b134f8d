import { callsOf, callsIn, runCommands } from '../../dockerfile/shell/commands.ts';
import { shellAt } from '../../dockerfile/stageShell.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { endsOnError } from '../shared/endsOnError.ts';

export default dockerfileRule({
  id: 'cd-without-and',
  severity: 'info',
  title: 'Stop when cd fails',
  why: 'With `cd x; make`, a misspelt folder does not end the RUN: what follows runs in the wrong place, an `rm -rf *` too. Join with `&&`, or begin the script with `set -e`.',
  also: ['shellcheck:SC2164'],
  looksAt: ['RUN cd'],
  examples: [
    { bad: 'FROM debian:12\nRUN «cd /src»; make\n', good: 'FROM debian:12\nRUN cd /src && make\n' },
    {
      title: 'in a heredoc',
      bad: 'FROM debian:12\nRUN <<EOF\n«cd /src»\nmake\nEOF\n',
      good: 'FROM debian:12\nRUN <<EOF\nset -e\ncd /src\nmake\nEOF\n',
    },
    {
      good: 'FROM debian:12\nRUN set -eux; cd /src; make\nRUN cd /src || exit 1; make\nRUN ["bash", "-ec", "cd /src; make"]\nRUN bash -exu <<EOF\ncd /src\nmake\nEOF\n',
    },
  ],
  *check(file) {
    for (const { command, args, instruction, section } of callsOf(file, 'cd')) {
      if ((command.next !== ';' && command.next !== 'newline') || command.substituted || !args.length || instruction.json) continue;
      if (section.stage && shellAt(file, section.stage, instruction).some((word) => /^-\w*e/.test(word) || word === 'errexit')) continue;
      const here = callsIn(runCommands(file), instruction);
      if (
        here.some((each) => each.command.span.start < command.span.start && endsOnError(each.command)) ||
        /^#!.*\s-\w*e/.test(instruction.heredocs[0]?.text ?? '')
      )
        continue;
      const next = here.find((each) => each.command.span.start > command.span.end && each.command.depth === command.depth);
      const gap = next && file.source.text.slice(command.span.end, next.command.span.start);
      yield {
        span: command.span,
        message: `When «cd ${args[0]?.value ?? ''}» fails, what follows runs in another folder: join it with &&.`,
        fixes:
          gap !== undefined && /^\s*;\s*$/.test(gap) && command.joint === 'first'
            ? [
                {
                  title: 'Join with &&',
                  safe: true,
                  edits: [{ span: { start: command.span.end, end: command.span.end + gap.trimEnd().length }, text: ' &&' }],
                },
              ]
            : [],
      };
    }
  },
});
