import type { World } from '../../lint/rule.ts';
import type { ImageReference } from '../../text/imageReference.ts';
import { postgresMajor } from './postgresMajor.ts';

/** Products of the end-of-life table by the image on Docker Hub that holds them. */
export type Products = Readonly<Record<string, string>>;

/** Since when the release in an image gets no fixes any more, where that is so and the tag tells; an ISO date. */
export function endedProduct(products: Products, image: ImageReference, { knowledge, today }: World): string | undefined {
  const product = image.registry === 'docker.io' && Object.hasOwn(products, image.name) ? products[image.name] : undefined;
  if (product === undefined) return undefined;
  const own = postgresMajor(image);
  const [, major, minor] = own === undefined ? (/^v?(\d+)(?:\.(\d+))?/.exec(image.tag ?? '') ?? []) : ['', String(own)];
  if (major === undefined) return undefined;
  const releases = knowledge.endOfLife[product] ?? {};
  const end = (releases[`${major}.${minor ?? ''}`] ?? releases[major])?.eol;
  return end !== undefined && end < today ? end : undefined;
}
