import type { Dockerfile } from '../../dockerfile/model.ts';
import { baseImage } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import type { Hint } from '../model.ts';

/** What a FROM with variables comes to. */
export function hintsInDockerfile(file: Dockerfile, { options }: World): readonly Hint[] {
  return file.stages.flatMap((stage) => {
    if (!stage.image?.text.includes('$')) return [];
    const image = baseImage(file, stage, options.buildArgs);
    return image === undefined ? [] : [{ offset: stage.image.span.end, label: image, tooltip: 'The image with the ARGs put in' }];
  });
}
