import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { pythonInstalls, type PythonInstall } from '../../dockerfile/packages/project.ts';
import { lineage } from '../../dockerfile/scope.ts';
import type { Files } from '../../lint/rule.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import { installedRequirements, type Installed } from './installedRequirements.ts';

/** A Python package that a stage installs, with the command that does. */
export interface StagePackage extends Installed {
  readonly install: PythonInstall;
  readonly stage: Stage;
}

/** What is installed from PyPI in a stage and the stages below it, in the order of the build; packages that not every Linux container gets left out. */
export function stagePackages(file: Dockerfile, stage: Stage, files: Files): readonly StagePackage[] {
  return lineage(stage)
    .toReversed()
    .flatMap((each) => ownPackages(file, each, files));
}

// Files are a snapshot: what was read through one of them stays true for it.
const cache = new WeakMap<Files, WeakMap<Stage, readonly StagePackage[]>>();

/** What is installed from PyPI in a stage itself. */
export function ownPackages(file: Dockerfile, stage: Stage, files: Files): readonly StagePackage[] {
  let known = cache.get(files);
  if (!known) cache.set(files, (known = new WeakMap()));
  let packages = known.get(stage);
  if (!packages) known.set(stage, (packages = readPackages(file, stage, files)));
  return packages;
}

function readPackages(file: Dockerfile, stage: Stage, files: Files): readonly StagePackage[] {
  return stage.instructions.flatMap((instruction) =>
    pythonInstalls(file, instruction).flatMap((install) =>
      installedRequirements(file, stage, install, files).installed.flatMap((installed) =>
        holdsOnLinux(installed.requirement.marker) === true ? [{ ...installed, install, stage }] : [],
      ),
    ),
  );
}

/** `torch (in requirements.txt)`. */
export const named = ({ requirement, path: own, pinnedIn: path = own }: Installed): string =>
  `${requirement.name}${path === undefined ? '' : ` (in ${path.slice(path.lastIndexOf('/') + 1)})`}`;
