import { get } from '../../compose/model.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import { builtServices, type BuiltService } from './builtServices.ts';
import { asksGpu } from './gpu.ts';
import { folderOf } from '../../text/paths.ts';

/** What says that a stage is meant to run with an NVIDIA GPU: its CUDA image, or a service that gives it one. */
export function meantForGpu(file: Dockerfile, stage: Stage, world: World): string | undefined {
  const image = rootImage(file, stage, world.options.buildArgs);
  if (
    image !== undefined &&
    /^(?:(?:docker\.io\/|nvcr\.io\/)?nvidia\/cuda|nvcr\.io\/nvidia\/(?:pytorch|tensorflow|jax|tritonserver|nemo)):/.test(image)
  )
    return `«${image}» is an image for GPUs`;
  const user = builtServices(file, world).find(
    (each) => each.stage === stage && (asksGpu(each.service.node) || asksInOverride(each, world)),
  );
  return user && `«${user.service.name}» reserves a GPU`;
}

/** Whether a file beside it (`compose.gpu.yaml`) gives the service a GPU and leaves its image as it is. */
const asksInOverride = ({ file, service }: BuiltService, { workspace }: World): boolean =>
  workspace
    .composeFiles()
    .some(
      (other) =>
        other !== file &&
        folderOf(other.source.path) === folderOf(file.source.path) &&
        other.services.some(({ name, node }) => name === service.name && !get(node, 'build') && !get(node, 'image') && asksGpu(node)),
    );
