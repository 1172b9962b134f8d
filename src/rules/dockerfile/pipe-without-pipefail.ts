import type { Dockerfile } from '../../dockerfile/model.ts';
import { rootImage, shellAt } from '../../dockerfile/scope.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { lineAt, lineBreak, lineSpan } from '../../text/text.ts';
import { fetches, hiddenFailures } from '../shared/pipes.ts';

export default dockerfileRule({
  id: 'pipe-without-pipefail',
  severity: 'info',
  title: 'Let a failure inside a pipe fail the build',
  why: 'A pipe has the exit status of its last command. When the download on the left fails, `sh` or `tar` on the right reads nothing, succeeds, and the layer is cached without what it should hold. `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` makes the failure count.',
  also: ['hadolint:DL4006'],
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
          message: `When «${left.name}» fails, the RUN goes on: only the last command of a pipe counts. Set pipefail with SHELL ["/bin/bash", "-o", "pipefail", "-c"].`,
          fixes: fixes(file, left),
        };
    }
  },
});

/** SHELL before the RUN, where none was chosen yet: bash, or the ash of Alpine. */
function fixes(file: Dockerfile, { span }: Command): readonly Fix[] {
  const instruction = file.instructions.find((each) => each.span.start <= span.start && span.start < each.span.end);
  const stage = instruction?.stage === undefined ? undefined : file.stages[instruction.stage];
  if (instruction?.keyword !== 'RUN' || instruction.json || !stage || shellAt(stage, instruction)[0] !== '/bin/sh') return [];
  const alpine = /(?:^|[/:-])alpine/.test(rootImage(file, stage) ?? '');
  const shell = alpine ? 'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]' : 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]';
  const { start } = instruction.span;
  const indent = file.source.text.slice(lineSpan(file.source, lineAt(file.source, start)).start, start);
  return [
    {
      title: `Set pipefail with ${shell}`,
      safe: false,
      edits: [{ span: { start, end: start }, text: `${shell}${lineBreak(file.source)}${indent}` }],
    },
  ];
}
