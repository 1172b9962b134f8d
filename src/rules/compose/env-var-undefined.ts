import { substitute } from '../../compose/interpolate.ts';
import { variablesFor } from '../../compose/variables.ts';
import type { Node } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';
import { isSecretName } from '../shared/secretName.ts';
import { surroundingsOf } from '../shared/surroundings.ts';

export default composeRule({
  id: 'env-var-undefined',
  severity: 'warning',
  title: 'Give variables a value or a default',
  why: 'Compose puts nothing where a variable has no value and only warns. `${NAME:?message}` stops instead, `${NAME:-default}` has a value of its own.',
  reach: 'file',
  examples: [
    {
      files: { '.env': 'TAG=1\n' },
      bad: 'services:\n  api:\n    image: api:${TAG}\n    environment:\n      HF_TOKEN: «${HF_TOKE}»\n',
      good: 'services:\n  api:\n    image: api:${TAG}\n    environment:\n      HF_TOKEN: ${HF_TOKEN:-}\n',
    },
    {
      title: 'a secret is what one keeps in the shell: a remark only',
      files: { '.env': 'TAG=1\n' },
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      OPENAI_API_KEY: «${OPENAI_API_KEY}»\n',
    },
    {
      title: 'set by the shell; a default; asked for; an example file names it; a dollar sign of its own',
      files: { '.env': 'TAG=1\n', '.env.example': 'REGION=\n' },
      environment: { HOME_DIR: '/home/me' },
      good: 'services:\n  api:\n    image: api:${TAG}\n    environment:\n      A: ${HOME_DIR}\n      B: ${LEVEL-info}\n      C: ${MUST:?set it}\n      D: ${REGION}\n      E: $$PATH\n      F: ${EXTRA:+on}\n',
    },
    {
      title: 'said once',
      files: { '.env': 'TAG=1\n' },
      bad: 'services:\n  a:\n    image: «a:${VERSION}»\n  b:\n    image: b:${VERSION}\n',
    },
    {
      title: 'an example for one of several settings',
      files: { '.env': 'TAG=1\n', '.env.gpu.example': 'GPUS=2\n' },
      good: 'services:\n  api:\n    image: api:${TAG}\n    environment: {GPUS: "${GPUS}"}\n',
    },
    {
      title: 'a proxy that is there or not',
      files: { '.env': 'TAG=1\n' },
      good: 'services:\n  api:\n    image: api:${TAG}\n    environment: {HTTPS_PROXY: "${HTTPS_PROXY}", no_proxy: "${no_proxy}"}\n',
    },
    { title: 'without .env the shell may set it', good: 'services:\n  api:\n    image: api:${TAG}\n' },
  ],
  *check(file, world) {
    const folder = folderOf(file.source.path);
    if (world.files.read(join(folder, '.env')) === undefined) return;
    const variables = variablesFor(folder, surroundingsOf(world));
    const told = new Set<string>();
    for (const node of file.documents.flatMap((document) => [...scalars(document)])) {
      if (node.kind !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('$')) continue;
      const result = substitute(node.value, variables.get);
      if (!result.ok) continue;
      const [name] = result.unset.filter((each) => !told.has(each) && !variables.expected(each));
      if (name === undefined) continue;
      told.add(name);
      // A secret is what one keeps in the shell.
      const severity = isSecretName(name) ? { severity: 'info' as const } : {};
      yield {
        span: node.span,
        ...severity,
        message: `Neither .env nor the shell sets «${name}», and it has no default: Compose puts nothing there.`,
      };
    }
  },
});

function* scalars(node: Node): Generator<Node> {
  if (node.kind === 'scalar') yield node;
  else if (node.kind === 'list') for (const item of node.items) yield* scalars(item);
  else for (const { value, merged } of node.entries) if (!merged) yield* scalars(value);
}
