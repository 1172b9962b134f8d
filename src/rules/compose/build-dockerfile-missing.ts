import { addKey } from '../../compose/insert.ts';
import { get, type ComposeFile, type ScalarNode } from '../../compose/model.ts';
import { wayTo } from '../../compose/rebase.ts';
import { composeRule, type Fix, type World } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { lineAt, lineBreak, lineSpan, slice, type Edit, type Source } from '../../text/text.ts';
import { buildSource, type BuildSource } from '../shared/buildSource.ts';
import { examined } from '../shared/composeComplaints.ts';
import { expectedLater, foundAbove } from '../shared/missing.ts';
import { folderOf, join } from '../../text/paths.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'build-dockerfile-missing',
  severity: 'warning',
  title: 'Name a Dockerfile that is there',
  why: '`dockerfile` is a path from the context, not from the Compose file. Where nothing lies there, the build stops: «failed to read dockerfile».',
  looksAt: ['build'],
  examples: [
    {
      files: { 'docker/Dockerfile.gpu': 'FROM python:3.12-slim\n', 'requirements.txt': 'numpy\n' },
      bad: 'services:\n  api:\n    build:\n      context: .\n      dockerfile: «Dockerfile.gpu»\n',
      good: 'services:\n  api:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile.gpu\n',
    },
    {
      title: 'a context without a Dockerfile of that name',
      files: { 'api/Dockerfile.prod': 'FROM python:3.12-slim\n' },
      bad: 'services:\n  api:\n    build: «./api»\n',
      good: 'services:\n  api:\n    build:\n      context: ./api\n      dockerfile: Dockerfile.prod\n',
    },
    {
      title: 'a build that is taken away',
      files: { 'compose.prod.yaml': '' },
      good: 'services:\n  api:\n    image: api:1\n    build: null\n',
    },
    { title: 'in small letters', files: { 'api/dockerfile': 'FROM python:3.12-slim\n' }, good: 'services:\n  api:\n    build: ./api\n' },
    {
      title: 'several that are for something else',
      files: { 'docker/Dockerfile.redis': 'FROM redis:7\n', 'docker/Dockerfile.postgres': 'FROM postgres:17\n' },
      bad: 'services:\n  tools:\n    build:\n      context: ./docker\n      dockerfile: «Dockerfile.dev»\n',
    },
    {
      title: 'laid over a file that names the context; the project is one folder up',
      path: 'parts/compose.llm.gpu.yaml',
      files: {
        'parts/compose.llm.yaml': 'services:\n  llm:\n    build: https://example.com/llm.git\n',
        'parts/api/Dockerfile': 'FROM alpine:3\n',
      },
      good: 'services:\n  llm:\n    build:\n      dockerfile: docker/cuda.Dockerfile\n  api:\n    build:\n      context: .\n      dockerfile: parts/api/Dockerfile\n',
    },
    {
      title: 'a part that is included from the folder above, whose paths begin there; a build that is taken out',
      path: 'caddy/compose.yml',
      files: {
        'compose.yml': 'include:\n  - {path: caddy/compose.yml, project_directory: .}\n',
        'caddy/Dockerfile': 'FROM caddy:2\n',
        'caddy/caddy/Caddyfile': '',
      },
      good: 'services:\n  caddy:\n    build: ./caddy\n  api:\n    image: api:1\n    build: null\n',
    },
    {
      title: 'one that is there, one written in the file, one that .gitignore says is made',
      files: { Dockerfile: 'FROM python:3.12-slim\n', '.gitignore': 'Dockerfile.local\n' },
      good: 'services:\n  a:\n    build: .\n  b:\n    build:\n      dockerfile_inline: |\n        FROM python:3.12-slim\n  c:\n    build: {context: ., dockerfile: Dockerfile.local}\n',
    },
  ],
  *check(file, world) {
    const { files } = world;
    // What several services take over from one place is said once.
    const told = new Set<number>();
    for (const { node } of file.services) {
      const built = buildSource(file, node);
      const at = built?.dockerfileNode ?? built?.contextNode;
      if (!built || !at || !files.list(built.context) || isThere(built, files) || expectedLater(built.dockerfile, files)) continue;
      if (told.has(at.span.start) || isElsewhere(file, built, world)) continue;
      told.add(at.span.start);
      const found = other(file, built, files);
      const right = found === undefined ? undefined : wayTo(built.context, found);
      yield {
        span: at.span,
        message: `There is no «${built.dockerfile}» to build: the path of a Dockerfile begins at the context.${right === undefined ? '' : ` Did you mean «${right}»?`}`,
        fixes: right === undefined ? [] : fixesOf(file, built, right),
      };
    }
  },
});

/** Whether another folder is meant: that of the project, which is one above this file, or the context of the file that this one is laid over. */
const isElsewhere = (file: ComposeFile, { contextNode, dockerfileNode }: BuildSource, world: World): boolean =>
  ((dockerfileNode ? join('', dockerfileNode.text).includes('/') : join('', contextNode?.text ?? '') !== '') &&
    foundAbove(folderOf(file.source.path), join(contextNode?.text ?? '', dockerfileNode?.text ?? 'Dockerfile'), world.files)) ||
  (!contextNode && examined(file, world).isFragment());

/** Whether the Dockerfile lies there: where none is named, `dockerfile` does as well. */
const isThere = ({ context, dockerfile, dockerfileNode }: BuildSource, files: World['files']): boolean =>
  files.exists(dockerfile) || (!dockerfileNode && files.exists(join(context, 'dockerfile')));

const isDockerfile = (name: string): boolean => /dockerfile|containerfile/i.test(name) && !/ignore$|\/$/i.test(name);

/** A Dockerfile that was probably meant: the same name in a likely folder, or a name that is like it in the folder itself. */
function other(file: ComposeFile, { context, dockerfile, dockerfileNode }: BuildSource, files: World['files']): string | undefined {
  const name = dockerfile.slice(folderOf(dockerfile).length).replace(/^\//, '');
  const own = folderOf(file.source.path);
  const written = dockerfileNode ? join(own, dockerfileNode.text) : join(own, name);
  const folders = (files.list(context) ?? []).flatMap((each) => (each.endsWith('/') ? [join(context, each)] : []));
  const same = [written, join(context, name), ...folders.map((folder) => join(folder, name))].filter(
    (path) => path !== dockerfile && files.exists(path) && isDockerfile(path),
  );
  if (dockerfileNode ? same.length > 0 : same.length === 1 && same[0] !== written) return same[0];
  const beside = folderOf(dockerfile);
  const names = (files.list(beside) ?? []).filter(isDockerfile);
  // `Dockerfile.redis` has much in common with `Dockerfile.dev`, and is not what was meant.
  const tail = (each: string): string => each.replace(/^dockerfile\./i, '');
  const near = nearest(tail(name), names.map(tail));
  const like = names.find((each) => tail(each) === near) ?? (names.length === 1 ? names[0] : undefined);
  return like === undefined ? undefined : join(beside, like);
}

function fixesOf(file: ComposeFile, { build, contextNode, dockerfileNode }: BuildSource, right: string): readonly Fix[] {
  if (dockerfileNode) return replaceText(file.source, dockerfileNode, right, false);
  if (!contextNode) return [];
  const title = `Build from ${right}`;
  if (build.kind === 'map') {
    const edit = get(build, 'context') && addKey(file.source, build, 'dockerfile', right, ['context']);
    return edit ? [{ title, safe: false, edits: [edit] }] : [];
  }
  return blockOf(file.source, contextNode, right).map((edit) => ({ title, safe: false, edits: [edit] }));
}

/** `build: ./api` as a mapping that names the Dockerfile, where `build` begins a line. */
function blockOf(file: Source, context: ScalarNode, dockerfile: string): readonly Edit[] {
  const line = lineSpan(file, lineAt(file, context.span.start));
  const indent = /^( *)build:[ ]+/.exec(file.text.slice(line.start, line.end));
  if (!indent || line.start + indent[0].length !== context.span.start) return [];
  const inner = `${lineBreak(file)}${indent[1] ?? ''}  `;
  const start = line.start + indent[0].trimEnd().length;
  return [
    { span: { start, end: context.span.end }, text: `${inner}context: ${slice(file, context.span)}${inner}dockerfile: ${dockerfile}` },
  ];
}
