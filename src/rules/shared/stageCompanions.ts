import type { Dockerfile } from '../../dockerfile/model.ts';
import type { Problem, World } from '../../lint/rule.ts';
import { isCompanion, mismatched } from './pins/torchCompanions.ts';
import { named } from './stagePackages.ts';
import { installedAfterTorch } from './stageTorch.ts';
import { askedVersion } from './torchPython.ts';

/** Companions that are installed after a torch, by the image or by an earlier command, for which they are not built. */
export function* stageCompanions(file: Dockerfile, world: World): Iterable<Problem> {
  for (const { found, torch } of installedAfterTorch(file, world, isCompanion)) {
    const there = { specifier: `==${torch.version}`, pinned: torch.version };
    if (!mismatched(world.knowledge, there, found.requirement)) continue;
    yield {
      span: found.word.span,
      severity: 'warning',
      message: `${named(found, ` ${askedVersion(found.requirement)}`)} is not built for torch ${torch.version}, which ${torch.from} has: pip replaces torch, a second download of 1 to 3 GB, or with --no-deps «operator torchvision::nms does not exist».`,
    };
  }
}
