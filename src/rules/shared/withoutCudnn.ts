import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { isCudaImage } from './cudaTag.ts';
import { shippedStages } from './shipped.ts';

/** The stage that is shipped and its image, where that surely has no cuDNN. */
export function shippedWithoutCudnn(
  file: Dockerfile,
  { options }: Pick<World, 'options'>,
): { readonly stage: Stage; readonly image: string } | undefined {
  const [stage] = shippedStages(file);
  const image = stage && rootImage(file, stage, options.buildArgs);
  if (!stage || image === undefined) return undefined;
  const parts = imageReference(image);
  const bare = isCudaImage(parts) ? !/cudnn/.test(parts.tag ?? 'cudnn') : /^(?:python|ubuntu|debian)$/.test(parts.name);
  return parts.registry === 'docker.io' && bare ? { stage, image } : undefined;
}
