import type { Dockerfile, Stage, Word } from '../../dockerfile/model.ts';
import { baseImage, Cache } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import { imageReference, type ImageReference } from '../../text/imageReference.ts';

/** An image that a stage is built on and that is none of the file's own stages. */
export interface Base {
  readonly stage: Stage;
  /** With the ARGs put in. */
  readonly image: string;
  readonly parts: ImageReference;
  readonly word: Word;
  /** Whether the word is the image itself, so that it may be edited. */
  readonly literal: boolean;
}

/** The images from outside that a Dockerfile starts from, where their names are fixed. */
export function bases(file: Dockerfile, { options: { buildArgs } }: Pick<World, 'options'>): readonly Base[] {
  return cache.get(file, buildArgs, () =>
    file.stages.flatMap((stage) => {
      if (!stage.image || stage.base) return [];
      const image = baseImage(file, stage, buildArgs);
      if (image === undefined || image === 'scratch') return [];
      return [{ stage, image, parts: imageReference(image), word: stage.image, literal: stage.image.value === image }];
    }),
  );
}

const cache = new Cache<Dockerfile, readonly Base[]>();

/** What stands on the same image, in the order of the file: a finding about an image is reported once. */
export function byImage<T extends { readonly image: string }>(all: readonly T[]): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const each of all) {
    const group = groups.get(each.image);
    if (group) group.push(each);
    else groups.set(each.image, [each]);
  }
  return [...groups.values()];
}
