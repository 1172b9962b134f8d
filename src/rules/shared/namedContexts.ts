import { get, text } from '../../compose/model.ts';
import type { Dockerfile } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { builtServices } from './builtServices.ts';
import { folderOf, join, upwards } from '../../text/paths.ts';

/**
 * The names that a build of the file may be given contexts by: `contexts` of a Bake file, `--build-context` in a script,
 * `build-contexts` of a workflow, `additional_contexts` of a Compose file. What FROM or `--from` calls so is no image of a registry.
 */
export function namedContexts(file: Dockerfile, world: Pick<World, 'files' | 'workspace'>): ReadonlySet<string> {
  const names = new Set(
    builtServices(file, world).flatMap(({ service }) => composeContexts(get(get(service.node, 'build'), 'additional_contexts'))),
  );
  for (const path of sources(file.source.path, world)) {
    const content = world.files.read(path);
    if (content !== undefined) for (const name of namesIn(path, content)) names.add(name);
  }
  return names;
}

const known = new Map<string, { readonly content: string; readonly names: readonly string[] }>();

/** The names in a file, which is read again when it has changed: an editor asks at every keystroke. */
function namesIn(path: string, content: string): readonly string[] {
  const before = known.get(path);
  if (before?.content === content) return before.names;
  const found = /\.(?:hcl|json)$/.test(path) ? bakeContexts(content) : givenContexts(content);
  const names = /contexts?\b/.test(content) ? [...found] : [];
  known.set(path, { content, names });
  return names;
}

/** Whether an image is called as one of the contexts is. */
export const isContext = (contexts: ReadonlySet<string>, image: string): boolean =>
  contexts.has(image) || contexts.has(`${image}:latest`) || contexts.has(image.replace(/:latest$/, ''));

const builders = /\.hcl$|(?:^|[.-])bake(?:[.-].*)?\.json$|^(?:GNU)?[Mm]akefile$|\.mk$|^[Jj]ustfile$|\.sh$/;

/** The files that may say how the Dockerfile is built: in its folder, those above, and the workflows. */
function* sources(path: string, { files }: Pick<World, 'files'>): Generator<string> {
  for (const folder of upwards(folderOf(path))) {
    for (const name of files.list(folder) ?? []) if (builders.test(name)) yield join(folder, name);
    const workflows = join(folder, '.github/workflows');
    for (const name of files.list(workflows) ?? []) if (/\.ya?ml$/.test(name)) yield join(workflows, name);
  }
}

const composeContexts = (node: ReturnType<typeof get>): readonly string[] =>
  node?.kind === 'map'
    ? node.entries.map(({ key }) => key)
    : node?.kind === 'list'
      ? node.items.map((item) => (text(item) ?? '').replace(/=.*$/s, ''))
      : [];

/** The keys of every `contexts = { … }` in HCL, or `"contexts": { … }` in JSON. */
function* bakeContexts(content: string): Generator<string> {
  for (const { index, 0: opening } of content.matchAll(/\bcontexts"?\s*[=:]\s*\{/g)) {
    // Strings may hold braces: they are passed over, but for those that are keys.
    const body = /^(?:[^"{}]|"(?:\\.|[^"\\])*")*/.exec(content.slice(index + opening.length))?.[0] ?? '';
    for (const [, quoted, plain] of body.matchAll(/(?:"((?:\\.|[^"\\])*)"|([\w./-]+))\s*[=:]\s*(?:"(?:\\.|[^"\\])*"|[^\s,]+)/g))
      yield quoted ?? plain ?? '';
  }
}

/** `--build-context name=…` of a command, and the lines of `build-contexts: |`. */
function* givenContexts(content: string): Generator<string> {
  for (const [, name = ''] of content.matchAll(/--build-context[= ]\s*["']?([\w./:-]+)=/g)) yield name;
  for (const [, block = ''] of content.matchAll(/\bbuild-contexts:\s*((?:\|[^\n]*)?(?:\n?\s*["']?[\w./:-]+=[^\n]*)+)/g))
    for (const [, name = ''] of block.matchAll(/^\|?\s*["']?([\w./:-]+)=/gm)) yield name;
}
