import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import { builtServices } from './builtServices.ts';
import { asksGpu } from './gpu.ts';

/** What says that a stage is meant to run with an NVIDIA GPU: its CUDA image, or a service that gives it one. */
export function meantForGpu(file: Dockerfile, stage: Stage, world: World): string | undefined {
  const image = rootImage(file, stage, world.options.buildArgs);
  if (image !== undefined && /^(?:docker\.io\/|nvcr\.io\/)?nvidia\/cuda:/.test(image)) return `«${image}» is an image for GPUs`;
  const user = builtServices(file, world).find((each) => each.stage === stage && asksGpu(each.service.node));
  return user && `«${user.service.name}» reserves a GPU`;
}
