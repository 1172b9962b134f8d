import { entry, text, type Entry, type Node, type ScalarNode } from '../../compose/model.ts';
import type { Dockerfile } from '../../dockerfile/model.ts';
import { ownFrontend } from '../../dockerfile/template.ts';
import { predefinedArgs } from '../../dockerfile/scope.ts';
import { composeRule } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { buildSource, dockerfileOf } from '../shared/buildSource.ts';

export default composeRule({
  id: 'build-arg-unknown',
  severity: 'warning',
  title: 'Pass build arguments that the Dockerfile declares',
  why: 'A build argument reaches the build only where the Dockerfile has an `ARG` of that name. Any other is dropped («build-args were not consumed»), and the default is built.',
  looksAt: ['build'],
  examples: [
    {
      files: { Dockerfile: 'ARG CUDA_VERSION=12.4.1\nFROM nvidia/cuda:${CUDA_VERSION}-base-ubuntu22.04\n' },
      bad: 'services:\n  api:\n    build:\n      context: .\n      args:\n        «CUDA_VERSON»: 12.8.1\n',
      good: 'services:\n  api:\n    build:\n      context: .\n      args:\n        CUDA_VERSION: 12.8.1\n',
    },
    {
      title: 'as a list',
      files: { Dockerfile: 'FROM python:3.12-slim\nARG EXTRAS\n' },
      bad: 'services:\n  api:\n    build:\n      context: .\n      args:\n        - «MODEL=small»\n        - EXTRAS=dev\n',
    },
    {
      title: 'what the command line reads',
      files: { Dockerfile: 'FROM python:3.12-slim\n' },
      bad: 'services:\n  api:\n    build:\n      context: .\n      args:\n        «DOCKER_BUILDKIT»: 1\n',
    },
    {
      title: 'what a build knows by itself',
      files: { Dockerfile: 'FROM python:3.12-slim\n' },
      good: 'services:\n  api:\n    build:\n      context: .\n      args: {http_proxy: "http://proxy:3128", BUILDKIT_INLINE_CACHE: "1"}\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const built = buildSource(file, node);
      const args = built && entry(built.build, 'args');
      const dockerfile = args && dockerfileOf(built, world);
      if (!args || args.merged || !dockerfile?.stages.length || dockerfile.template || ownFrontend(dockerfile.directives)) continue;
      const declared = argsOf(dockerfile);
      const given = new Set(namesOf(args).map((each) => each.name));
      const free = new Set([...declared].filter((each) => !given.has(each)));
      for (const { name, span, whole } of namesOf(args)) {
        if (name === '' || /[${]/.test(name) || declared.has(name) || predefinedArgs.has(name)) continue;
        if (ofTheShell.test(name)) {
          const message = `«${name}» is a variable of the shell that Docker is called in: as a build argument it does nothing. Leave it out.`;
          yield { span: whole, message, severity: 'info' };
          continue;
        }
        const meant = [...free].find((each) => each.toLowerCase() === name.toLowerCase()) ?? nearest(name, free);
        yield {
          span: whole,
          message: `${dockerfile.source.path} has no ARG «${name}», so the build never sees it.${meant === undefined ? ' Declare it there, or leave it out.' : ` Did you mean «${meant}»?`}`,
          fixes: meant === undefined ? [] : [{ title: `Write ${meant}`, safe: false, edits: [{ span, text: meant }] }],
        };
      }
    }
  },
});

/** What the command line reads, and no build. */
const ofTheShell =
  /^(?:DOCKER_(?:BUILDKIT|HOST|CONTEXT|CONFIG|DEFAULT_PLATFORM)|BUILDKIT_PROGRESS|COMPOSE_(?:PROJECT_NAME|FILE|PROFILES|DOCKER_CLI_BUILD|BAKE))$/;

const argsOf = ({ instructions }: Dockerfile): ReadonlySet<string> =>
  new Set(
    instructions.flatMap(({ keyword, pairs = [], trigger }) => {
      if (keyword === 'ARG') return pairs.map(({ name }) => name.value);
      return trigger?.keyword === 'ARG' ? (trigger.pairs ?? []).map(({ name }) => name.value) : [];
    }),
  );

interface Named {
  readonly name: string;
  readonly span: ScalarNode['span'];
  readonly whole: ScalarNode['span'];
}

function namesOf({ value }: Entry): readonly Named[] {
  if (value.kind === 'map')
    return value.entries.flatMap(({ key, keySpan, merged }) => (merged ? [] : [{ name: key, span: keySpan, whole: keySpan }]));
  return value.kind === 'list' ? value.items.flatMap(namedItem) : [];
}

function namedItem(item: Node): readonly Named[] {
  const written = text(item);
  if (item.kind !== 'scalar' || written === undefined) return [];
  const name = written.replace(/=[^]*$/, '');
  const start = item.span.start + (item.quoted ? 1 : 0);
  return [{ name, span: { start, end: start + name.length }, whole: item.span }];
}
