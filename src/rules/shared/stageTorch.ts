import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { condaInstalls } from '../../dockerfile/packages/conda.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { stackOf } from './imageStack.ts';
import { ownPackages, stagePackages, type StagePackage } from './stagePackages.ts';
import { torchSource } from './torchSource.ts';

/** A torch, where it comes from, and what it is built for (`cu121`, `cpu`) as far as that is written. */
export interface StageTorch {
  readonly version: string;
  readonly from: string;
  readonly build: () => string | undefined;
}

/**
 * The packages of some names that a stage installs, each with the torch that is there by then. One command that brings torch itself is
 * looked at by itself, and so is a file.
 */
export function* installedAfterTorch(
  file: Dockerfile,
  world: World,
  isMeant: (name: string) => boolean,
): Iterable<{ readonly found: StagePackage; readonly torch: StageTorch }> {
  for (const stage of file.stages) {
    const own = ownPackages(file, stage, world);
    for (const found of own) {
      if (!isMeant(found.requirement.name)) continue;
      if (own.some(({ requirement, install }) => install === found.install && requirement.name === 'torch')) continue;
      const torch = stageTorch(file, stage, found.install, world);
      if (torch) yield { found, torch };
    }
  }
}

/** The torch that is there when an installation of a stage begins: that of an earlier step, or of the image; undefined where its version is open. */
export function stageTorch(file: Dockerfile, stage: Stage, install: PythonInstall, world: World): StageTorch | undefined {
  const before = stagePackages(file, stage, world).findLast(
    (each) => each.requirement.name === 'torch' && each.install !== install && each.install.span.start < install.span.start,
  );
  if (before) {
    const { pinned } = before.requirement;
    return pinned === undefined
      ? undefined
      : { version: pinned, from: 'an earlier step', build: () => buildOf(file, stage, before, world) };
  }
  const image = rootImage(file, stage, world.options.buildArgs);
  if (image === undefined || isFromConda(file, stage)) return undefined;
  const { framework = '', cuda, unsure } = stackOf(imageReference(image), world.knowledge);
  const version = /^PyTorch (\d[\d.]*)$/.exec(framework)?.[1];
  if (version === undefined || unsure) return undefined;
  const [, major, minor] = /^(\d+)\.(\d)/.exec(cuda ?? '') ?? [];
  return { version, from: `«${image}»`, build: () => (major === undefined || minor === undefined ? undefined : `cu${major}${minor}`) };
}

/** What a torch is built for: as its version says, or the index that it is taken from. */
export function buildOf(file: Dockerfile, stage: Stage, { requirement, install }: StagePackage, world: World): string | undefined {
  const local = /\+(cpu|cu\d+)$/.exec(requirement.pinned ?? '')?.[1];
  if (local !== undefined) return local;
  const source = torchSource(file, stage, install, world);
  return source.kind === 'index' ? source.tag : undefined;
}

/** Whether conda brings another torch than the image has. */
const isFromConda = (file: Dockerfile, stage: Stage): boolean =>
  allInstructions(stage).some((instruction) =>
    condaInstalls(file, instruction).some((specs) => specs.some(({ value }) => /^(?:[\w.-]+::)?pytorch(?:$|[^\w-])/.test(value))),
  );
