import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { lineageOf, sectionsOf, type Section } from '../../dockerfile/sections.ts';
import { scriptsOf } from '../../dockerfile/shell/scripts.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'pipe-without-pipefail',
  severity: 'info',
  title: 'Let a failure inside a pipe fail the build',
  why: 'A pipe has the exit status of its last command. When the download on the left fails, `sh` or `tar` on the right reads nothing, succeeds, and the layer is cached without what it should hold. `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` makes the failure count.',
  also: ['hadolint:DL4006'],
  examples: [
    { bad: 'FROM debian:12\nRUN «curl -LsSf https://example.org/install.sh» | sh\n' },
    {
      good: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -LsSf https://example.org/install.sh | sh\n',
    },
    {
      title: 'a stage built on it has the same shell',
      good: 'FROM debian:12 AS base\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nFROM base\nRUN curl -f x | sh\n',
    },
    { title: 'set in the script', good: 'FROM debian:12\nRUN set -euo pipefail && curl -f x | sh\n' },
    { title: 'or by the shell that is called', good: 'FROM debian:12\nRUN ["/bin/bash", "-o", "pipefail", "-c", "curl -f x | sh"]\n' },
  ],
  *check(file) {
    for (const section of sectionsOf(file))
      for (const instruction of section.instructions) {
        if (instruction.keyword !== 'RUN' || (!instruction.body.text.includes('|') && !instruction.heredocs.length)) continue;
        if (hasPipefail(shellWords(file, section, instruction))) continue;
        const left = firstPipe(file, instruction);
        if (left)
          yield {
            span: left.span,
            message: `When «${left.name || 'this'}» fails, the RUN goes on: only the last command of a pipe counts. Set pipefail with SHELL ["/bin/bash", "-o", "pipefail", "-c"].`,
          };
      }
  },
});

/** The shell that runs an instruction: what the JSON form calls, else the last SHELL of the stage and those below it. */
function shellWords(file: Dockerfile, section: Section, instruction: Instruction): readonly string[] {
  if (instruction.json) return instruction.json.slice(0, -1).map(({ value }) => value);
  const shells = lineageOf(file, section).flatMap(({ instructions }) =>
    instructions.filter(({ keyword, span }) => keyword === 'SHELL' && span.start < instruction.span.start),
  );
  return shells.at(-1)?.json?.map(({ value }) => value) ?? [];
}

/** Dash, which is `sh` on Debian and Ubuntu before 2024, does not know pipefail. */
const hasPipefail = (words: readonly string[]): boolean =>
  /(?:^|\/)(?:bash|zsh|ash|ksh)$/.test(words[0] ?? '') &&
  words.some((word, at) => word === 'pipefail' && /^-[a-z]*o$/.test(words[at - 1] ?? ''));

/** The command on the left of the first pipe after which pipefail is not set. */
function firstPipe(file: Dockerfile, instruction: Instruction): Command | undefined {
  for (const { commands } of scriptsOf(file, instruction)) {
    let before: Command | undefined;
    for (const command of commands) {
      if (command.name === 'set' && command.words.some(({ value }) => value === 'pipefail')) return undefined;
      if (command.joint === '|') return before && before.span.end <= command.span.start ? before : command;
      before = command;
    }
  }
  return undefined;
}
