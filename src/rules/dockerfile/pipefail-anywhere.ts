import { dockerfileRule } from '../../lint/rule.ts';
import { fetches, hiddenFailures, setPipefail } from '../shared/pipes.ts';

export default dockerfileRule({
  id: 'pipefail-anywhere',
  severity: 'hint',
  enabled: false,
  title: 'Let a failure in any pipe fail the build',
  why: 'A pipe has the exit status of its last command. `pipe-without-pipefail` speaks where something is fetched; this one at every other pipe too, as hadolint does.',
  also: ['hadolint:DL4006'],
  looksAt: ['RUN'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «cat a» | sort > b\n',
      good: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN cat a | sort > b\n',
    },
    { title: 'reported by pipe-without-pipefail', good: 'FROM debian:12\nRUN curl -f x | sh\n' },
  ],
  *check(file) {
    for (const commands of hiddenFailures(file)) {
      const [left] = commands;
      if (!commands.some(fetches))
        yield {
          span: left.span,
          message: `When «${left.name || 'this'}» fails, the RUN goes on: only the last command of a pipe counts.`,
          fixes: setPipefail(file, left),
        };
    }
  },
});
