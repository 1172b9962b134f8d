import type { ComposeFile, Service } from '../../compose/model.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { buildSource, stageOf } from './buildSource.ts';
import { join } from './paths.ts';

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
      const built = buildSource(file, service.node);
      const stage = built?.dockerfile === path ? stageOf(built, dockerfile) : undefined;
      return stage ? [{ file, service, stage }] : [];
    }),
  );
}
