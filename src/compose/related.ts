import { get, text, type ComposeFile, type MapNode, type Service } from './model.ts';
import { parseCompose } from './parse.ts';
import { folderOf, join, upwards } from '../text/paths.ts';
import { isMain } from './project.ts';
import type { Surroundings } from './surroundings.ts';
import { companionsOf } from './uses.ts';

/**
 * The files that this one may be laid over: those of its folder and the ones above that define one of its services, and the projects of
 * the nearest folders; with them what else is laid over these, and what these include. A file that is a project by its name lays over others what runs nothing itself.
 */
export function related(file: ComposeFile, others: readonly ComposeFile[]): readonly MapNode[] {
  const { path } = file.source;
  const folder = folderOf(path);
  const near = [folder, folder === '' ? '..' : folderOf(folder)];
  const above = new Set([...near, ...upwards(folder)]);
  const parts = file.services.filter((service) => !isMain(path) || isPart(service));
  const named = new Set(parts.map(({ name }) => name));
  const projects = new Set(isMain(path) ? [] : [...near, nearestProject(folder, others)]);
  const found = others.filter(({ source, root, services }) => {
    if (!root || source.path === path || !above.has(folderOf(source.path))) return false;
    return (
      services.some((service) => named.has(service.name) && runs(service)) || (isMain(source.path) && projects.has(folderOf(source.path)))
    );
  });
  const beside = found.length
    ? others.filter(({ source }) => source.path !== path && folderOf(source.path) === folder && !isMain(source.path))
    : [];
  return companionsOf(file, [...new Set([...found, ...beside, ...builtOfParts(file, others)])], others);
}

/**
 * The files of a project that is put together with `-f` from the folders below it, each of which holds a part that is called as a project
 * is: several of them say nothing of what a service runs, and another one does.
 */
function builtOfParts({ source }: ComposeFile, others: readonly ComposeFile[]): readonly ComposeFile[] {
  for (const top of upwards(folderOf(source.path)).slice(1)) {
    if (!others.some((other) => isMain(other.source.path) && folderOf(other.source.path) === top)) continue;
    const below = others.filter((other) => top === '' || other.source.path.startsWith(`${top}/`));
    const run = new Set(below.flatMap(({ services }) => services.filter(runs).map(({ name }) => name)));
    const parts = below.filter(
      (each) => isMain(each.source.path) && each.services.some((service) => isPart(service) && run.has(service.name)),
    );
    if (parts.length >= 3) return below.filter((each) => each.source.path !== source.path);
  }
  return [];
}

/** Whether a service says what it runs. */
const runs = ({ node }: Service): boolean =>
  text(get(node, 'image')) !== undefined || get(node, 'build') !== undefined || get(node, 'provider') !== undefined;

/** Whether a service can only be laid over another one. */
const isPart = (service: Service): boolean => !runs(service) && !get(service.node, 'extends');

/** The folder of the project that lies nearest, from a folder upwards. */
const nearestProject = (folder: string, others: readonly ComposeFile[]): string | undefined =>
  upwards(folder).find((each) => others.some(({ source }) => isMain(source.path) && folderOf(source.path) === each));

/** What whoever starts the project lays over its file, as an example beside it has it. */
export function overrideExamples(path: string, { read }: Surroundings): readonly MapNode[] {
  const folder = folderOf(path);
  const [, base = '', end = ''] = /([^/]*)(\.ya?ml)$/.exec(path) ?? [];
  const names = ['example', 'sample', 'template', 'dist'].flatMap((word) => [
    `${base}.override${end}.${word}`,
    `${base}.override.${word}${end}`,
    `${base}.override-${word}${end}`,
  ]);
  return names.flatMap((name) => {
    const written = read(join(folder, name));
    return (written === undefined ? undefined : parseCompose(name, written).root) ?? [];
  });
}

/** Whether a platform for applications lays its own services over a file, and names the project: Umbrel's has a proxy for each. */
export const ofPlatform = (path: string, { read }: Surroundings): boolean => read(join(folderOf(path), 'umbrel-app.yml')) !== undefined;
