import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import type { World } from '../../lint/rule.ts';
import { contextFile } from './contextFile.ts';
import { fromWorkdir } from './entered.ts';
import { installedRequirements, projectWords } from './installedRequirements.ts';
import { Attached } from '../../text/attached.ts';
import { join } from '../../text/paths.ts';

/** A command of the workspace's Dockerfiles that installs what a requirements or project file names. */
export interface Installer {
  readonly dockerfile: Dockerfile;
  readonly stage: Stage;
  readonly install: PythonInstall;
}

/** Who installs what a file names, directly or through another one. */
export function installers(path: string, world: Pick<World, 'workspace' | 'files' | 'options'>): readonly Installer[] {
  return everyInstaller(world).get(join('', path)) ?? [];
}

/** The installers of a state of the files, by what they install. */
interface Known {
  readonly dockerfiles: readonly Dockerfile[];
  readonly buildArgs: World['options']['buildArgs'];
  readonly byPath: ReadonlyMap<string, readonly Installer[]>;
}
// Files are a snapshot; the Dockerfiles are the same while their texts are.
const known = new Attached<World['files'], Known>();

function everyInstaller({ workspace, files, options: { buildArgs } }: Pick<World, 'workspace' | 'files' | 'options'>): Known['byPath'] {
  const dockerfiles = workspace.dockerfiles();
  const before = known.get(files);
  if (before?.buildArgs === buildArgs && isSame(before.dockerfiles, dockerfiles)) return before.byPath;
  const byPath = new Map<string, Installer[]>();
  for (const installer of everyInstall(dockerfiles, buildArgs)) {
    const { dockerfile, stage, install } = installer;
    if (!install.files.length && !projectWords(install).length && !install.options.some(isConstraint)) continue;
    const { installed } = installedRequirements(dockerfile, stage, install, files);
    for (const path of new Set(installed.flatMap((each) => [each.path, each.pinnedIn]))) {
      if (path === undefined) continue;
      const same = byPath.get(path);
      if (same) same.push(installer);
      else byPath.set(path, [installer]);
    }
  }
  known.set(files, { dockerfiles, buildArgs, byPath });
  return byPath;
}

const isSame = (a: readonly Dockerfile[], b: readonly Dockerfile[]): boolean =>
  a === b || (a.length === b.length && a.every((each, at) => each === b[at]));
const isConstraint = ({ name }: PythonInstall['options'][number]): boolean => name === '-c' || name === '--constraint';

/** Who makes an environment of conda from a file. */
export function condaInstallers(
  path: string,
  { workspace, files, options }: Pick<World, 'workspace' | 'files' | 'options'>,
): readonly Installer[] {
  const tidy = join('', path);
  return everyInstall(workspace.dockerfiles(), options.buildArgs).filter(
    ({ dockerfile, stage, install }) =>
      install.tool === 'conda' &&
      install.files.some(
        ({ value }) => contextFile(dockerfile, stage, install.instruction, fromWorkdir(dockerfile, install, value), files) === tidy,
      ),
  );
}

const everyInstall = (dockerfiles: readonly Dockerfile[], buildArgs: World['options']['buildArgs']): readonly Installer[] =>
  dockerfiles.flatMap((dockerfile) =>
    dockerfile.stages.flatMap((stage) =>
      stage.instructions.flatMap((instruction) =>
        installsAt(dockerfile, stage, instruction, buildArgs).map((install) => ({ dockerfile, stage, install })),
      ),
    ),
  );
