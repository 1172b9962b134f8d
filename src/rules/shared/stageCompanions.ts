import type { Dockerfile } from '../../dockerfile/model.ts';
import type { Problem, World } from '../../lint/rule.ts';
import { isCompanion, mismatched } from './pins/torchCompanions.ts';
import { named, ownPackages } from './stagePackages.ts';
import { stageTorch } from './stageTorch.ts';
import { askedVersion } from './torchPython.ts';

/** Companions that are installed after a torch, by the image or by an earlier command, for which they are not built. */
export function* stageCompanions(file: Dockerfile, world: World): Iterable<Problem> {
  for (const stage of file.stages) {
    const own = ownPackages(file, stage, world);
    for (const found of own) {
      // Files of requirements are looked at by themselves, and so is one command.
      if (
        !isCompanion(found.requirement.name) ||
        own.some(({ requirement, install }) => install === found.install && requirement.name === 'torch')
      )
        continue;
      const torch = stageTorch(file, stage, found.install, world);
      const there = torch && { specifier: `==${torch.version}`, pinned: torch.version };
      if (!there || !mismatched(world.knowledge, there, found.requirement)) continue;
      yield {
        span: found.word.span,
        severity: 'warning',
        message: `${named(found, ` ${askedVersion(found.requirement)}`)} is not built for torch ${torch.version}, which ${torch.from} has: pip replaces torch, a second download of 1 to 3 GB, or with --no-deps «operator torchvision::nms does not exist».`,
      };
    }
  }
}
