import { runCommands } from '../../dockerfile/shell/commands.ts';
import { lineageOf, type Section } from '../../dockerfile/sections.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule, type World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { isGivenImage } from '../shared/givenImage.ts';
import { beside } from '../shared/looksAt.ts';
import { officialImages } from '../shared/officialImages.ts';

export default dockerfileRule({
  id: 'no-sudo',
  severity: 'info',
  title: 'Leave sudo out of a build',
  why: 'A build runs as root unless USER says otherwise, so sudo does nothing but swallow signals and drop the environment (`PATH`, `CUDA_HOME`, proxies); most images do not even have it. To do something as root, switch with `USER root` and back.',
  also: ['hadolint:DL3004', 'trivy:DS010', 'checkov:CKV2_DOCKER_1'],
  looksAt: ['RUN sudo', ...beside('USER', 'RUN', 'COPY')],
  examples: [
    { bad: 'FROM debian:12\nRUN «sudo» apt-get update\n', good: 'FROM debian:12\nRUN apt-get update\n' },
    {
      title: 'where it surely is not',
      bad: 'FROM ubuntu:24.04\nRUN «sudo» apt-get update\n',
      good: 'FROM ubuntu:24.04\nRUN apt-get update\n',
    },
    { title: 'a user who may', bad: 'FROM jupyter/base-notebook:x\nUSER jovyan\nRUN echo x && «sudo» chown -R jovyan /data\n' },
    { title: 'an image whose user is another', bad: 'FROM rayproject/ray:2.49.0\nRUN «sudo» apt-get update\n' },
    {
      title: 'an image that nobody knows here',
      bad: 'FROM example/tools:1\nRUN «sudo» make install\n',
      good: 'FROM example/tools:1\nRUN make install\n',
    },
    { title: 'only installing it', good: 'FROM debian:12\nRUN apt-get update && apt-get install -y sudo\n' },
  ],
  *check(file, world) {
    const { buildArgs } = world.options;
    for (const { command, instruction, section, head } of runCommands(file)) {
      const sudo = command.words.find(({ value, span }) => span.start <= head.span.start && /(?:^|\/)sudo$/.test(value));
      if (!sudo) continue;
      const next = command.words[command.words.indexOf(sudo) + 1];
      const user = userBefore(section, instruction) ?? userOfImage(file, section.stage, world);
      const root = user === undefined || /^(?:root|0)?(?::.*)?$/.test(user);
      const image = root && section.stage ? withoutSudo(file, section.stage, buildArgs) : undefined;
      yield {
        span: sudo.span,
        ...(image === undefined ? {} : { severity: 'error' as const }),
        message:
          image !== undefined
            ? `«${image}» has no sudo, and nothing here installs it: this ends with «not found» (127). It is not needed: this RUN runs as root already.`
            : user === undefined
              ? 'sudo is needed only where the base image has a user of its own: as root, leave it out; otherwise switch with USER root, and back afterwards.'
              : root
                ? 'sudo is not needed here: this RUN runs as root already.'
                : 'sudo in a build hides who runs what: switch with USER root, and back afterwards.',
        fixes:
          root && next && !next.value.startsWith('-') && !instruction.json
            ? [
                {
                  title: 'Leave sudo out',
                  safe: user !== undefined,
                  edits: [{ span: { start: sudo.span.start, end: next.span.start }, text: '' }],
                },
              ]
            : [],
      };
    }
  },
});

/** The image of a stage that surely has no sudo. */
function withoutSudo(file: Dockerfile, stage: Stage, buildArgs: Readonly<Record<string, string>>): string | undefined {
  const image = rootImage(file, stage, buildArgs);
  if (image === undefined || isGivenImage(stage)) return undefined;
  const { registry, name } = imageReference(image);
  const known = registry === 'docker.io' && /^(?:debian|ubuntu|python|nvidia\/cuda|alpine)$/.test(name);
  const brought = allInstructions(stage).some(
    (instruction) =>
      (instruction.keyword === 'COPY' && instruction.flags.some((flag) => flag.name === 'from')) ||
      (instruction.keyword === 'RUN' &&
        (/\.sh\b|\bxargs\b/.test(instruction.body.text) ||
          systemInstalls(file, instruction).some(({ packages }) =>
            packages.some(({ value, dynamic }) => dynamic || value.startsWith('sudo')),
          ))),
  );
  return known && !brought ? image : undefined;
}

/** The user whom the last USER before the instruction names. */
const userBefore = (section: Section, instruction: Instruction): string | undefined =>
  lineageOf(section)
    .flatMap(({ instructions }) => instructions.filter(({ keyword, span }) => keyword === 'USER' && span.start < instruction.span.start))
    .at(-1)?.args[0]?.value;

/** The user of a stage's base image, where that is known. */
function userOfImage(file: Dockerfile, stage: Stage | undefined, { knowledge, options }: World): string | undefined {
  const image = stage && rootImage(file, stage, options.buildArgs);
  if (image === undefined) return stage ? undefined : 'root';
  const { registry, name } = imageReference(image);
  return imageFacts(knowledge, image)?.user ?? (registry === 'docker.io' && officialImages.has(name) ? 'root' : undefined);
}
