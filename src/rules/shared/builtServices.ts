import { get, text, type ComposeFile, type Service } from '../../compose/model.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { folderOf, join } from './paths.ts';

/** A service of the workspace that is built from a Dockerfile. */
export interface BuiltService {
  readonly file: ComposeFile;
  readonly service: Service;
  readonly stage: Stage;
}

/** The services of the workspace's Compose files that are built from a Dockerfile. */
export function builtServices(dockerfile: Dockerfile, { workspace }: Pick<World, 'workspace'>): readonly BuiltService[] {
  const path = join('', dockerfile.source.path);
  return workspace.composeFiles().flatMap((file) =>
    file.services.flatMap((service): readonly BuiltService[] => {
      const build = get(service.node, 'build');
      const context = text(build) ?? text(get(build, 'context')) ?? '.';
      const name = text(get(build, 'dockerfile')) ?? 'Dockerfile';
      if (!build || /\$|:\/\//.test(context + name) || join(join(folderOf(file.source.path), context), name) !== path) return [];
      const target = text(get(build, 'target'));
      const stage =
        target === undefined
          ? dockerfile.stages.at(-1)
          : dockerfile.stages.find((each) => each.name?.value.toLowerCase() === target.toLowerCase());
      return stage ? [{ file, service, stage }] : [];
    }),
  );
}
