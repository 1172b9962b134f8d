import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { pipInstalls, type PipInstall } from '../../dockerfile/packages/pip.ts';
import type { World } from '../../lint/rule.ts';
import { installedRequirements } from './installedRequirements.ts';

/** A `pip install` of the workspace's Dockerfiles that reads a requirements file. */
export interface Installer {
  readonly dockerfile: Dockerfile;
  readonly stage: Stage;
  readonly install: PipInstall;
}

/** Who installs a requirements file, directly or through another one. */
export function installers(path: string, { workspace, files }: Pick<World, 'workspace' | 'files'>): readonly Installer[] {
  return workspace
    .dockerfiles()
    .flatMap((dockerfile) =>
      dockerfile.stages.flatMap((stage) =>
        stage.instructions.flatMap((instruction) =>
          pipInstalls(dockerfile, instruction).flatMap((install) =>
            install.files.length && installedRequirements(dockerfile, stage, install, files).installed.some((each) => each.path === path)
              ? [{ dockerfile, stage, install }]
              : [],
          ),
        ),
      ),
    );
}
