import type { KnowledgeBase } from './knowledge.ts';
import { baseImages } from './tables/baseImages.ts';
import { cudaDrivers } from './tables/cudaDrivers.ts';
import { endOfLife } from './tables/endOfLife.ts';
import { knownErrors } from './tables/errors.ts';
import { exitCodes } from './tables/exitCodes.ts';
import { gpuArchitectures } from './tables/gpuArchitectures.ts';
import { services } from './tables/services.ts';
import { torchReleases } from './tables/torch.ts';
import { torchIndexPackages } from './tables/torchIndex.ts';

/** The tables that ship with the extension. */
export const knowledge: KnowledgeBase = {
  torch: torchReleases,
  torchIndex: torchIndexPackages,
  images: baseImages,
  services,
  errors: knownErrors,
  exitCodes,
  cudaDrivers,
  gpus: gpuArchitectures,
  endOfLife,
};
