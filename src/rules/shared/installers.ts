import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import type { World } from '../../lint/rule.ts';
import { contextFile } from './contextFile.ts';
import { fromWorkdir } from './entered.ts';
import { installedRequirements, projectWords } from './installedRequirements.ts';

/** A command of the workspace's Dockerfiles that installs what a requirements or project file names. */
export interface Installer {
  readonly dockerfile: Dockerfile;
  readonly stage: Stage;
  readonly install: PythonInstall;
}

/** Who installs what a file names, directly or through another one. */
export function installers(
  path: string,
  { workspace, files, options }: Pick<World, 'workspace' | 'files' | 'options'>,
): readonly Installer[] {
  return everyInstall(workspace, options).filter(
    ({ dockerfile, stage, install }) =>
      (install.files.length > 0 ||
        projectWords(install).length > 0 ||
        install.options.some(({ name }) => name === '-c' || name === '--constraint')) &&
      installedRequirements(dockerfile, stage, install, files).installed.some((each) => each.path === path || each.pinnedIn === path),
  );
}

/** Who makes an environment of conda from a file. */
export function condaInstallers(
  path: string,
  { workspace, files, options }: Pick<World, 'workspace' | 'files' | 'options'>,
): readonly Installer[] {
  return everyInstall(workspace, options).filter(
    ({ dockerfile, stage, install }) =>
      install.tool === 'conda' &&
      install.files.some(
        ({ value }) => contextFile(dockerfile, stage, install.instruction, fromWorkdir(dockerfile, install, value), files) === path,
      ),
  );
}

const everyInstall = (workspace: World['workspace'], { buildArgs }: World['options']): readonly Installer[] =>
  workspace
    .dockerfiles()
    .flatMap((dockerfile) =>
      dockerfile.stages.flatMap((stage) =>
        stage.instructions.flatMap((instruction) =>
          installsAt(dockerfile, stage, instruction, buildArgs).map((install) => ({ dockerfile, stage, install })),
        ),
      ),
    );
