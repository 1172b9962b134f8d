import { runCommands } from '../../dockerfile/shell/commands.ts';
import { lineageOf, type Section } from '../../dockerfile/sections.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'no-sudo',
  severity: 'info',
  title: 'Leave sudo out of a build',
  why: 'A build runs as root unless USER says otherwise, so sudo does nothing but swallow signals and drop the environment (`PATH`, `CUDA_HOME`, proxies); most images do not even have it. To do something as root, switch with `USER root` and back.',
  also: ['hadolint:DL3004', 'trivy:DS010', 'checkov:CKV2_DOCKER_1'],
  looksAt: ['RUN sudo', 'USER'],
  examples: [
    { bad: 'FROM debian:12\nRUN «sudo» apt-get update\n', good: 'FROM debian:12\nRUN apt-get update\n' },
    { title: 'a user who may', bad: 'FROM jupyter/base-notebook:x\nUSER jovyan\nRUN echo x && «sudo» chown -R jovyan /data\n' },
    { title: 'only installing it', good: 'FROM debian:12\nRUN apt-get update && apt-get install -y sudo\n' },
  ],
  *check(file) {
    for (const { command, instruction, section, head } of runCommands(file)) {
      const sudo = command.words.find(({ value, span }) => span.start <= head.span.start && /(?:^|\/)sudo$/.test(value));
      if (!sudo) continue;
      const next = command.words[command.words.indexOf(sudo) + 1];
      const root = userBefore(section, instruction);
      yield {
        span: sudo.span,
        message: root
          ? 'sudo is not needed here: this RUN runs as root already.'
          : 'sudo in a build hides who runs what: switch with USER root, and back afterwards.',
        fixes:
          root && next && !next.value.startsWith('-') && !instruction.json
            ? [{ title: 'Leave sudo out', safe: true, edits: [{ span: { start: sudo.span.start, end: next.span.start }, text: '' }] }]
            : [],
      };
    }
  },
});

/** Whether no USER before the instruction takes root away. */
function userBefore(section: Section, instruction: Instruction): boolean {
  const users = lineageOf(section).flatMap(({ instructions }) =>
    instructions.filter(({ keyword, span }) => keyword === 'USER' && span.start < instruction.span.start),
  );
  return /^(?:root|0)?(?::.*)?$/.test(users.at(-1)?.args[0]?.value ?? 'root');
}
