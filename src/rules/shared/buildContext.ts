import type { Dockerfile } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { buildSource } from './buildSource.ts';
import { folderOf, join } from './paths.ts';

/** The folder that a Dockerfile is built in: that which the Compose files of the workspace name, where they agree, else its own. */
export function buildContext(dockerfile: Dockerfile, { workspace }: Pick<World, 'workspace'>): string {
  const path = join('', dockerfile.source.path);
  const named = new Set(
    workspace.composeFiles().flatMap((file) =>
      file.services.flatMap(({ node }) => {
        const built = buildSource(file, node);
        return built?.dockerfile === path ? [built.context] : [];
      }),
    ),
  );
  const [first] = named;
  return first !== undefined && named.size === 1 ? first : folderOf(dockerfile.source.path);
}
