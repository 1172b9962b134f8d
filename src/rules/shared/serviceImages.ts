import { asRead, get, type ComposeFile, type MapNode, type Node, type Service } from '../../compose/model.ts';
import { imageReference, type ImageReference } from '../../text/imageReference.ts';
import { remembered } from '../../text/remembered.ts';
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

/** The services of a file that run pulled images whose names are fixed. */
export const imageServices = remembered((file: ComposeFile): readonly ImageService[] =>
  file.services.flatMap((service) => {
    const known = imageOf(asRead(service.node));
    return known ? new Imaged(service, known) : [];
  }),
);

/** The same where the service stands now. */
class Imaged implements ImageService {
  readonly service: Service;
  readonly image: string;
  readonly parts: ImageReference;
  readonly literal: boolean;
  readonly #read: Node;

  constructor(service: Service, { image, parts, literal, node }: Known) {
    this.service = service;
    this.image = image;
    this.parts = parts;
    this.literal = literal;
    this.#read = node;
  }

  // Asked for rarely.
  get node(): Node {
    return get(this.service.node, 'image') ?? this.#read;
  }
}

type Known = Pick<ImageService, 'image' | 'parts' | 'literal' | 'node'>;

const imageOf = remembered((map: MapNode): Known | undefined => {
  const node = get(map, 'image');
  const image = serviceImage(map);
  if (!node || image === undefined || image === '') return undefined;
  return { image, parts: imageReference(image), literal: node.kind === 'scalar' && node.text === image && !node.quoted, node };
});

/** The leading number of a tag: 17 of `17.2-alpine`, also of `pg17` and `v3.1`; undefined when there is none. */
export function major(tag: string | undefined): number | undefined {
  const match = /^(?:[a-z]*-?)?v?(\d+)/.exec(tag ?? '');
  return match ? Number(match[1]) : undefined;
}
