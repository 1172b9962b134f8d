import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'wget-progress',
  severity: 'hint',
  title: 'Keep wget’s progress bar out of the build log',
  why: 'Without a terminal, wget prints a line of dots for every 50 kB: 20,000 lines for a gigabyte of weights. `--progress=dot:giga` prints one for every 32 MB; `-q` none.',
  also: ['hadolint:DL3047'],
  looksAt: ['RUN wget'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «wget» https://example.org/model.bin\n',
      good: 'FROM debian:12\nRUN wget --progress=dot:giga https://example.org/model.bin\n',
    },
    { good: 'FROM debian:12\nRUN wget -qO- https://example.org/a | tar xz && wget -nv https://example.org/b\n' },
  ],
  *check(file) {
    for (const { head, args, instruction } of callsOf(file, 'wget')) {
      if (
        !args.length ||
        args.some(({ value }) =>
          /^-(?:[A-Za-pr-z]*q|nv|o|a|V|h)|^--(?:quiet|no-verbose|progress|output-file|append-output|version|help|show-progress)\b/.test(
            value,
          ),
        )
      )
        continue;
      yield {
        span: head.span,
        message: 'wget prints a line for every 50 kB here: add --progress=dot:giga, or -q.',
        fixes: instruction.json
          ? []
          : [
              {
                title: 'Add --progress=dot:giga',
                safe: true,
                edits: [{ span: { start: head.span.end, end: head.span.end }, text: ' --progress=dot:giga' }],
              },
            ],
      };
    }
  },
});
