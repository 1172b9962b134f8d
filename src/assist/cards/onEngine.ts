import type { Live } from '../../lint/rule.ts';
import { imageReference, tableName } from '../../text/imageReference.ts';
import { bytes } from './markdown.ts';

/** Whether the engine has an image, and how large it is there: `2.1 GB`, or empty where the size is not known. */
export function onEngine(reference: string, { images, sizes }: Live): string | undefined {
  const parts = imageReference(reference);
  const name = tableName(parts.tag === undefined && parts.digest === undefined ? { ...parts, tag: 'latest' } : parts);
  if (!images.includes(name)) return undefined;
  const size = sizes?.[name];
  return size === undefined ? '' : bytes(Math.round(size / 1e6));
}
