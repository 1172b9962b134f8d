import type { ComposeFile } from '../../compose/model.ts';
import type { World } from '../../lint/rule.ts';
import { serviceBuild } from '../../rules/shared/composeImage.ts';
import { join } from '../../text/paths.ts';
import { get } from '../../compose/model.ts';
import { namedInDockerfile } from '../dockerfile/names.ts';
import type { FilePlace, NamedEverywhere } from '../model.ts';
import { hosts, mentionAt, mentionsIn, namedInCompose } from './names.ts';
import { inEnvFiles } from './envHosts.ts';
import { nodeAt } from './node.ts';
import { projectOf, type Project } from './project.ts';

/** The name at a place of a Compose file, and everywhere the files around it have it. */
export function everywhereInCompose(file: ComposeFile, offset: number, world: World): NamedEverywhere | undefined {
  const here = mentionAt(file, offset);
  if (!here) return builtFrom(file, offset, world);
  const { kind, name, span } = here;
  if (kind === 'anchor') {
    const places = namedInCompose(file, offset)?.places ?? [];
    return { kind, name, span, places: places.map((place) => ({ ...place, document: file })) };
  }
  const project = projectOf(file, world);
  const mentions = new Map(
    [...project.files].map(([path, each]) => {
      const all = kind === 'service' ? [...mentionsIn(each), ...hosts(each)] : mentionsIn(each);
      return [path, all.filter((one) => one.kind === kind && one.name === name)];
    }),
  );
  const declares = (path: string): boolean => mentions.get(path)?.some(({ write }) => write) === true;
  const start = here.of ?? join('', file.source.path);
  const searched = new Set([...project.related(start), ...project.related(homeOf(start, project, declares) ?? start)]);
  const declaring = [...searched].filter(declares);
  for (const path of declaring) for (const each of project.related(path)) searched.add(each);
  const meant = (path: string): boolean => searched.has(path) || searched.has(homeOf(path, project, declares) ?? '');
  const places = [...project.files].flatMap(([path, document]) =>
    (mentions.get(path) ?? [])
      .filter(({ of, write }) => (of !== undefined ? searched.has(of) : write ? searched.has(path) : meant(path)))
      .map((mention): FilePlace => ({ span: mention.span, write: mention.write, document })),
  );
  if (kind === 'service' && declaring.length)
    places.push(...inEnvFiles([...project.files.keys()].filter(meant), project.files, name, world.files));
  // A host that no service is called by is a machine somewhere.
  return here.host && !declaring.length ? undefined : { kind, name, span, places };
}

/**
 * A file that declares what another one names: of its own project; or else of the one project whose services extend its services, since what
 * these name is looked for there; or of the files whose services it extends.
 */
function homeOf(path: string, project: Project, declares: (path: string) => boolean): string | undefined {
  const own = [...project.related(path)].find(declares);
  if (own !== undefined) return own;
  for (const follow of [project.takers, project.bases]) {
    const reached = new Set(project.related(path));
    for (const each of reached) for (const other of follow(each)) for (const near of project.related(other)) reached.add(near);
    const owners = [...reached].filter(declares);
    const [first] = owners;
    if (first !== undefined) return owners.every((each) => project.related(first).has(each)) ? first : undefined;
  }
  return undefined;
}

/** The stage or build argument that a service names, and where its Dockerfile has it. */
function builtFrom(file: ComposeFile, offset: number, world: World): NamedEverywhere | undefined {
  const found = nodeAt(file, offset);
  if (!found) return undefined;
  const [top, service = '', ...below] = found.path;
  const node = get(file.root, 'services', service);
  if (top !== 'services' || below[0] !== 'build' || node?.kind !== 'map') return undefined;
  const built = serviceBuild(file, node, world);
  if (!built) return undefined;
  const { dockerfile, stage } = built;
  const own: FilePlace = { span: found.span, write: false, document: file };
  if (below[1] === 'target' && !found.entry && stage.name) {
    const places = namedInDockerfile(dockerfile, stage.name.span.start)?.places ?? [];
    return {
      kind: 'stage',
      name: stage.name.value,
      span: found.span,
      places: [own, ...places.map((place) => ({ ...place, document: dockerfile }))],
    };
  }
  const name =
    below[1] === 'args'
      ? (found.entry?.key ?? (found.node.kind === 'scalar' && below[2] === '[]' ? found.node.text.replace(/=[^]*/, '') : undefined))
      : undefined;
  if (name === undefined) return undefined;
  const span = { start: found.span.start + (/["']/.test(file.source.text[found.span.start] ?? '') ? 1 : 0), end: 0 };
  const argument = dockerfile.instructions
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap(({ pairs = [] }) => pairs)
    .find((pair) => pair.name.value === name);
  const places = argument ? (namedInDockerfile(dockerfile, argument.name.span.start)?.places ?? []) : [];
  const use = { start: span.start, end: span.start + name.length };
  return places.length
    ? { kind: 'variable', name, span: use, places: [{ ...own, span: use }, ...places.map((place) => ({ ...place, document: dockerfile }))] }
    : undefined;
}
