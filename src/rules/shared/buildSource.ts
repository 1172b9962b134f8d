import { entry, get, text, type ComposeFile, type MapNode, type Node, type ScalarNode } from '../../compose/model.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { World } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';
import { settled } from './published.ts';
import { Attached } from '../../text/attached.ts';

/** Where a service is built from: paths are joined with the folder of the Compose file. */
export interface BuildSource {
  readonly build: Node;
  readonly context: string;
  /** Absent where the context is not written: it is the folder of the file then. */
  readonly contextNode?: ScalarNode;
  readonly dockerfile: string;
  readonly dockerfileNode?: ScalarNode;
}

const remote = /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/|service:|target:|oci-layout:|docker-image:|~)|\.git(?:#|$)/i;

/** The build of a service whose files lie on this machine and whose paths are fixed; undefined for any other. */
export function buildSource({ source }: Pick<ComposeFile, 'source'>, service: MapNode): BuildSource | undefined {
  const found = entry(service, 'build');
  if (!found || get(found.value, 'dockerfile_inline') || (found.value.kind === 'map' && entry(found.value, '<<'))) return undefined;
  const build = found.value;
  // `build: null` takes away the build of the file below.
  if (build.kind === 'scalar' && build.value === null) return undefined;
  const contextNode = build.kind === 'scalar' ? build : get(build, 'context');
  const dockerfileNode = get(build, 'dockerfile');
  const context = settled(text(contextNode) ?? '.');
  const name = settled(text(dockerfileNode) ?? 'Dockerfile');
  if (context === undefined || name === undefined || remote.test(context) || remote.test(name)) return undefined;
  const folder = join(folderOf(source.path), context);
  return {
    build,
    context: folder,
    ...(contextNode?.kind === 'scalar' ? { contextNode } : {}),
    dockerfile: join(folder, name),
    ...(dockerfileNode?.kind === 'scalar' ? { dockerfileNode } : {}),
  };
}

const outside = new Attached<World['files'], Map<string, Dockerfile>>();

/** The Dockerfile of a build: that of the workspace, or one beside it, whatever its name. */
export function dockerfileOf(
  { dockerfile }: BuildSource,
  { workspace, files }: Pick<World, 'workspace' | 'files'>,
): Dockerfile | undefined {
  const found = byPath(workspace.dockerfiles()).get(dockerfile);
  const content = found ? undefined : files.read(dockerfile);
  if (content === undefined) return found;
  let parsed = outside.get(files);
  if (!parsed) outside.set(files, (parsed = new Map<string, Dockerfile>()));
  let one = parsed.get(dockerfile);
  if (one?.source.text !== content) parsed.set(dockerfile, (one = parseDockerfile(dockerfile, content)));
  return one;
}

const paths = new Attached<readonly Dockerfile[], ReadonlyMap<string, Dockerfile>>();

/** Dockerfiles by their tidied paths: a workspace may hold thousands, and as many services ask. */
function byPath(dockerfiles: readonly Dockerfile[]): ReadonlyMap<string, Dockerfile> {
  let known = paths.get(dockerfiles);
  if (!known) paths.set(dockerfiles, (known = new Map(dockerfiles.map((file) => [join('', file.source.path), file]))));
  return known;
}

/** The stage that a build ends with: that of its target, else the last one. Undefined when there is none of that name. */
export function stageOf({ build }: BuildSource, { stages }: Dockerfile): Stage | undefined {
  const target = text(get(build, 'target'));
  if (target === undefined) return stages.at(-1);
  const named = stages.find(({ name }) => name?.value.toLowerCase() === target.toLowerCase());
  return named ?? (/^\d+$/.test(target) ? stages[Number(target)] : undefined);
}
