import type { Dockerfile } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { buildsOf } from './builtServices.ts';
import { folderOf } from '../../text/paths.ts';

/** The folder that a Dockerfile is built in: that which the Compose files of the workspace name, where they agree, else its own. */
export function buildContext(dockerfile: Dockerfile, { workspace }: Pick<World, 'workspace'>): string {
  const named = new Set(buildsOf(dockerfile, workspace).map(({ built }) => built.context));
  const [first] = named;
  return first !== undefined && named.size === 1 ? first : folderOf(dockerfile.source.path);
}
