import { get, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { buildSource, dockerfileOf, stageOf } from './buildSource.ts';
import { settled } from './published.ts';

/** The Dockerfile and the stage that a service is built from, when they are there. */
export function serviceBuild(
  file: ComposeFile,
  service: MapNode,
  world: Pick<World, 'workspace' | 'files'>,
): { readonly dockerfile: Dockerfile; readonly stage: Stage } | undefined {
  const built = buildSource(file, service);
  const dockerfile = built && dockerfileOf(built, world);
  const stage = dockerfile && stageOf(built, dockerfile);
  return dockerfile && stage ? { dockerfile, stage } : undefined;
}

/** The image of a service that is pulled, its plain variables and defaults aside: undefined when it is built or not fixed. */
export function serviceImage(service: MapNode): string | undefined {
  return get(service, 'build') ? undefined : settled(text(get(service, 'image')) ?? '$');
}
