import { get, type ComposeFile, type Node, type Service } from '../../compose/model.ts';
import { imageReference, type ImageReference } from '../../text/imageReference.ts';
import { serviceImage } from './composeImage.ts';

/** A service that runs a pulled image. */
export interface ImageService {
  readonly service: Service;
  readonly image: string;
  readonly parts: ImageReference;
  readonly node: Node;
  /** Whether the node's text is the image itself, so that it may be edited. */
  readonly literal: boolean;
}

const cache = new WeakMap<ComposeFile, readonly ImageService[]>();

/** The services of a file that run pulled images whose names are fixed. */
export function imageServices(file: ComposeFile): readonly ImageService[] {
  let found = cache.get(file);
  if (!found) cache.set(file, (found = readServices(file)));
  return found;
}

function readServices(file: ComposeFile): readonly ImageService[] {
  return file.services.flatMap((service) => {
    const node = get(service.node, 'image');
    const image = serviceImage(service.node);
    if (!node || image === undefined || image === '') return [];
    return [{ service, image, parts: imageReference(image), node, literal: node.kind === 'scalar' && node.text === image && !node.quoted }];
  });
}

/** The leading number of a tag: 17 of `17.2-alpine`, also of `pg17` and `v3.1`; undefined when there is none. */
export function major(tag: string | undefined): number | undefined {
  const match = /^(?:[a-z]*-?)?v?(\d+)/.exec(tag ?? '');
  return match ? Number(match[1]) : undefined;
}
