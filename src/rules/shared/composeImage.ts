import { get, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { folderOf, join } from './paths.ts';

/** The Dockerfile and the stage that a service is built from, when they are in the workspace. */
export function serviceBuild(
  file: ComposeFile,
  service: MapNode,
  { workspace }: Pick<World, 'workspace'>,
): { readonly dockerfile: Dockerfile; readonly stage: Stage } | undefined {
  const build = get(service, 'build');
  if (!build) return undefined;
  const context = text(build) ?? text(get(build, 'context')) ?? '.';
  const name = text(get(build, 'dockerfile')) ?? 'Dockerfile';
  if (/\$|:\/\//.test(context + name) || get(build, 'dockerfile_inline')) return undefined;
  const path = join(join(folderOf(file.source.path), context), name);
  const dockerfile = workspace.dockerfiles().find(({ source }) => join('', source.path) === path);
  const target = text(get(build, 'target'));
  const stage =
    target === undefined
      ? dockerfile?.stages.at(-1)
      : dockerfile?.stages.find((each) => each.name?.value.toLowerCase() === target.toLowerCase());
  return dockerfile && stage ? { dockerfile, stage } : undefined;
}

/** The image of a service that is pulled, its plain variables and defaults aside: undefined when it is built or not fixed. */
export function serviceImage(service: MapNode): string | undefined {
  if (get(service, 'build')) return undefined;
  const image = text(get(service, 'image'))?.replace(/\$\{[A-Za-z_]\w*:?-([^{}]*)\}/g, '$1');
  return image === undefined || image.includes('$') ? undefined : image;
}
