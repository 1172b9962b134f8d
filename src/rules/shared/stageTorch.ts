import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { stackOf } from './imageStack.ts';
import { stagePackages } from './stagePackages.ts';

/** The torch that is there when an installation of a stage begins: that of an earlier step, or of the image; undefined where its version is open. */
export function stageTorch(
  file: Dockerfile,
  stage: Stage,
  install: PythonInstall,
  world: World,
): { readonly version: string; readonly from: string } | undefined {
  const before = stagePackages(file, stage, world).findLast(
    (each) => each.requirement.name === 'torch' && each.install !== install && each.install.span.start < install.span.start,
  );
  if (before) return before.requirement.pinned === undefined ? undefined : { version: before.requirement.pinned, from: 'an earlier step' };
  const image = rootImage(file, stage, world.options.buildArgs);
  if (image === undefined) return undefined;
  const { framework = '', unsure } = stackOf(imageReference(image), world.knowledge);
  const version = /^PyTorch (\d[\d.]*)$/.exec(framework)?.[1];
  return version === undefined || unsure ? undefined : { version, from: `«${image}»` };
}
