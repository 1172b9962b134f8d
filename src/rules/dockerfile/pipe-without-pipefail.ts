import { dockerfileRule } from '../../lint/rule.ts';
import { fetches, hiddenFailures, setPipefail } from '../shared/pipes.ts';

export default dockerfileRule({
  id: 'pipe-without-pipefail',
  severity: 'info',
  title: 'Let a failure inside a pipe fail the build',
  why: 'A pipe has the exit status of its last command. When the download on the left fails, `sh` on the right reads nothing, succeeds, and the layer is cached without what it should hold. `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` makes the failure count.',
  also: ['hadolint:DL4006'],
  looksAt: ['RUN |'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «curl -LsSf https://example.org/install.sh» | sh\n',
      good: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -LsSf https://example.org/install.sh | sh\n',
    },
    {
      good: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -LsSf https://example.org/install.sh | sh\n',
    },
    {
      title: 'a stage built on it has the same shell',
      good: 'FROM debian:12 AS base\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nFROM base\nRUN curl -f x | sh\n',
    },
    {
      title: 'a reader that stops at nothing, and at a file that was cut off, is worth a hint',
      bad: 'FROM debian:12\nRUN «curl -fsSL https://example.org/a.tgz» | tar -x -C /opt\nRUN «curl -fsSL https://example.org/key» | gpg --dearmor -o /usr/share/keyrings/a.gpg\n',
    },
    { title: 'nothing is fetched', good: 'FROM debian:12\nRUN echo "$SUM  a.tgz" | sha256sum -c -\n' },
    { title: 'set in the script', good: 'FROM debian:12\nRUN set -euo pipefail && curl -f x | sh\n' },
    { title: 'or by the shell that is called', good: 'FROM debian:12\nRUN ["/bin/bash", "-o", "pipefail", "-c", "curl -f x | sh"]\n' },
  ],
  *check(file) {
    for (const commands of hiddenFailures(file)) {
      const left = commands.find(fetches);
      if (left)
        yield {
          span: left.span,
          ...(notices.test(file.source.text.slice(left.span.end, left.span.end + 80)) ? { severity: 'hint' as const } : {}),
          message: `When «${left.name}» fails, the RUN goes on: only the last command of a pipe counts. Set pipefail with SHELL ["/bin/bash", "-o", "pipefail", "-c"].`,
          fixes: setPipefail(file, left),
        };
    }
  },
});

/** Readers that fail when they are given nothing. */
const notices = /^[\s\\]*\|\s*(?:sudo\s+)?(?:tar\s|gpg\s[^|&;\n]*--(?:dearmor|import)|apt-key add|gunzip|zcat|unxz)/;
