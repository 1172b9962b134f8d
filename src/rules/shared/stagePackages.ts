import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import { lineage } from '../../dockerfile/scope.ts';
import type { Files, World } from '../../lint/rule.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import { installedRequirements, type Installed } from './installedRequirements.ts';
import { Attached } from '../../text/attached.ts';
import { baseName } from '../../text/paths.ts';

/** A Python package that a stage installs, with the command that does. */
export interface StagePackage extends Installed {
  readonly install: PythonInstall;
  readonly stage: Stage;
}

type Around = Pick<World, 'files' | 'options'>;

/** What is installed from PyPI in a stage and the stages below it, in the order of the build; packages that not every Linux container gets left out. */
export function stagePackages(file: Dockerfile, stage: Stage, world: Around): readonly StagePackage[] {
  return lineage(stage)
    .toReversed()
    .flatMap((each) => ownPackages(file, each, world));
}

// Files are a snapshot: what was read through one of them stays true for it.
const cache = new Attached<Files, Map<Stage, Known>>();

interface Known {
  readonly buildArgs: World['options']['buildArgs'];
  readonly packages: readonly StagePackage[];
}

/** What is installed from PyPI in a stage itself. */
export function ownPackages(file: Dockerfile, stage: Stage, world: Around): readonly StagePackage[] {
  const { buildArgs } = world.options;
  let known = cache.get(world.files);
  if (!known) cache.set(world.files, (known = new Map<Stage, Known>()));
  let kept = known.get(stage);
  if (kept?.buildArgs !== buildArgs) known.set(stage, (kept = { buildArgs, packages: readPackages(file, stage, world) }));
  return kept.packages;
}

function readPackages(file: Dockerfile, stage: Stage, { files, options: { buildArgs } }: Around): readonly StagePackage[] {
  return stage.instructions.flatMap((instruction) =>
    installsAt(file, stage, instruction, buildArgs).flatMap((install) =>
      installedRequirements(file, stage, install, files).installed.flatMap((installed) =>
        holdsOnLinux(installed.requirement.marker) === true ? [{ ...installed, install, stage }] : [],
      ),
    ),
  );
}

/** `torch (in requirements.txt)`, `torch 2.4.1 (of accelerate in pyproject.toml)`. */
export const named = ({ requirement, path: own, pinnedIn: path = own }: Installed, version = ''): string =>
  `${requirement.name}${version}${path === undefined ? '' : ` (${requirement.via === undefined ? 'in' : `of ${requirement.via} in`} ${baseName(path)})`}`;

/** Whether a package comes from files that somebody made: a folder of wheels, where pip asks no index or looks first. */
export const fromOwnWheels = ({ install }: Pick<StagePackage, 'install'>): boolean =>
  install.options.some(
    ({ name, value }) => name === '--no-index' || (/^(?:-f|--find-links)$/.test(name) && !/^https?:/.test(value ?? 'https:')),
  );
