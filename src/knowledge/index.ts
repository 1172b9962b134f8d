import type { KnowledgeBase } from './knowledge.ts';
import { aptRenames } from './tables/aptRenames.ts';
import { baseImages } from './tables/baseImages.ts';
import { cudaDrivers } from './tables/cudaDrivers.ts';
import { cudaImages } from './tables/cudaImages.ts';
import { cudaToolkits } from './tables/cudaToolkits.ts';
import { endOfLife } from './tables/endOfLife.ts';
import { knownErrors } from './tables/errors.ts';
import { exitCodes } from './tables/exitCodes.ts';
import { gpuArchitectures } from './tables/gpuArchitectures.ts';
import { jaxReleases } from './tables/jax.ts';
import { ngcImages } from './tables/ngc.ts';
import { numpyBuilds } from './tables/numpyBuilds.ts';
import { onnxRuntimeReleases } from './tables/onnxruntime.ts';
import { packageNeeds } from './tables/packageNeeds.ts';
import { packageNotes } from './tables/packageNotes.ts';
import { pythonSupport } from './tables/pythonSupport.ts';
import { registries } from './tables/registries.ts';
import { services } from './tables/services.ts';
import { tensorflowReleases } from './tables/tensorflow.ts';
import { torchReleases } from './tables/torch.ts';
import { torchIndexPackages } from './tables/torchIndex.ts';
import { vllmReleases } from './tables/vllm.ts';
import { xformersReleases } from './tables/xformers.ts';

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
  cudaImages,
  cudaToolkits,
  vllm: vllmReleases,
  xformers: xformersReleases,
  onnxRuntime: onnxRuntimeReleases,
  jax: jaxReleases,
  tensorflow: tensorflowReleases,
  ngc: ngcImages,
  numpyBuilds,
  pythonSupport,
  packageNeeds,
  packageNotes,
  indexes: [],
  aptRenames,
  registries,
  endOfLife,
};
