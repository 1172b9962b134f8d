import { mountsOf } from '../../dockerfile/mounts.ts';
import { baseImage } from '../../dockerfile/scope.ts';
import type { Dockerfile } from '../../dockerfile/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import type { Span } from '../../text/text.ts';

export default dockerfileRule({
  id: 'trusted-registry',
  severity: 'warning',
  title: 'Take images from the registries that the project trusts',
  why: 'The project lists the registries that images may come from (`trustedRegistries`), and this image comes from another one. Without such a list the rule says nothing.',
  also: ['hadolint:DL3026'],
  reach: 'file',
  looksAt: ['FROM', '* from='],
  examples: [
    {
      options: { trustedRegistries: ['registry.example.org'] },
      bad: 'FROM «python:3.12-slim»\nCOPY --from=«ghcr.io/a/b:1» /x /x\n',
      good: 'FROM registry.example.org/python:3.12-slim AS a\nFROM a\nCOPY --from=a /x /x\nFROM scratch\n',
    },
    {
      title: 'Docker Hub is docker.io; a star stands for anything',
      options: { trustedRegistries: ['docker.io', '*.example.org'] },
      good: 'FROM python:3.12-slim\nRUN --mount=from=a.example.org/b:1,target=/x true\n',
    },
    { title: 'no list', good: 'FROM anywhere.example.org/x:1\n' },
  ],
  *check(file, { options }) {
    if (!options.trustedRegistries.length) return;
    for (const { text, span } of images(file, options.buildArgs)) {
      const { registry } = imageReference(text);
      if (options.trustedRegistries.some((trusted) => matches(trusted, registry))) continue;
      yield {
        span,
        message: `«${text}» comes from ${registry}, which is none of the trusted registries (${options.trustedRegistries.join(', ')}).`,
      };
    }
  },
});

/** Every image that the file takes something from. */
function* images(file: Dockerfile, buildArgs: Readonly<Record<string, string>>): Generator<{ readonly text: string; readonly span: Span }> {
  for (const stage of file.stages) {
    const image = stage.base ? undefined : baseImage(file, stage, buildArgs);
    if (stage.image && image !== undefined && image !== 'scratch') yield { text: image, span: stage.image.span };
    // What stands in a file without FROM is read too, below.
  }
  for (const outer of file.instructions) {
    const instruction = outer.trigger ?? outer;
    const named = instruction.flags.flatMap(({ name, value }) =>
      name === 'from' && value ? [{ text: value.value, span: value.span }] : [],
    );
    const mounted = mountsOf(instruction).flatMap(({ fields }) =>
      fields.flatMap(({ name, value, span }) => (name === 'from' ? [{ text: value, span }] : [])),
    );
    for (const each of [...named, ...mounted]) {
      const stage = file.stages.some(
        ({ name, index }) => name?.value.toLowerCase() === each.text.toLowerCase() || String(index) === each.text,
      );
      if (!stage && !/\$|^\d+$|^$/.test(each.text) && (/[/:@]/.test(each.text) || outer.stage === undefined)) yield each;
    }
  }
}

const matches = (trusted: string, registry: string): boolean =>
  trusted === '*' ||
  trusted === registry ||
  (trusted.includes('*') &&
    new RegExp(
      `^${trusted
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
    ).test(registry)) ||
  (registry === 'docker.io' && /^(?:hub|index|registry-1)\.docker\.(?:com|io)$/.test(trusted));
