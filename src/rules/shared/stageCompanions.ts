import type { Dockerfile } from '../../dockerfile/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { Problem, World } from '../../lint/rule.ts';
import type { Requirement } from '../../python/model.ts';
import { imageReference } from '../../text/imageReference.ts';
import { stackOf } from './imageStack.ts';
import { isCompanion, mismatched } from './pins/torchCompanions.ts';
import { askedVersion } from './torchPython.ts';
import { named, ownPackages, stagePackages } from './stagePackages.ts';

/** Companions that are installed after a torch, by the image or by an earlier command, for which they are not built. */
export function* stageCompanions(file: Dockerfile, world: World): Iterable<Problem> {
  for (const stage of file.stages) {
    const own = ownPackages(file, stage, world).filter(({ requirement }) => isCompanion(requirement.name));
    if (!own.length) continue;
    const all = stagePackages(file, stage, world).filter(({ requirement }) => requirement.name === 'torch');
    const image = rootImage(file, stage, world.options.buildArgs);
    const brought =
      image === undefined ? undefined : /^PyTorch (.*)$/.exec(stackOf(imageReference(image), world.knowledge).framework ?? '')?.[1];
    for (const found of own) {
      // Files of requirements are looked at by themselves, and so is one command.
      if (all.some(({ install }) => install === found.install)) continue;
      const before = all.findLast(({ install }) => install.span.start < found.install.span.start);
      const torch: Requirement | undefined = before?.requirement ?? (brought === undefined ? undefined : pinnedTorch(brought));
      if (torch?.pinned === undefined || !mismatched(world.knowledge, torch, found.requirement)) continue;
      const from = before ? 'an earlier step installed' : `«${image ?? ''}» brings`;
      yield {
        span: found.word.span,
        severity: 'warning',
        message: `${named(found)} ${askedVersion(found.requirement)} is not built for the torch ${torch.pinned} that ${from}: pip replaces torch, a second download of 1 to 3 GB, or with --no-deps «operator torchvision::nms does not exist».`,
      };
    }
  }
}

const nowhere = { start: 0, end: 0 };
const pinnedTorch = (pinned: string): Requirement => ({
  name: 'torch',
  nameSpan: nowhere,
  extras: [],
  specifier: `==${pinned}`,
  pinned,
  span: nowhere,
});
