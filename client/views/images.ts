import type { Container, Image } from '../engine/engine.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { ViewNode } from './node.ts';
import { bytes, escaped, plural, shortId } from './words.ts';

/** The images by repository; those without a name last, and only when they are asked for. */
export function imagesView(
  { images, containers, busy }: Pick<Snapshot, 'images' | 'containers' | 'busy'>,
  { dangling }: { readonly dangling: boolean },
): readonly ViewNode[] {
  const users = new Map<string, Container[]>();
  for (const container of containers) users.set(container.imageId, [...(users.get(container.imageId) ?? []), container]);
  return [...images]
    .filter(({ reference }) => dangling || reference !== undefined)
    .sort((a, b) => order(a, b))
    .map((image) => imageNode(image, users.get(image.id) ?? [], busy));
}

function order(a: Image, b: Image): number {
  if (a.reference === undefined || b.reference === undefined)
    return a.reference === b.reference ? b.created - a.created : a.reference === undefined ? 1 : -1;
  return a.reference.localeCompare(b.reference, undefined, { numeric: true });
}

function imageNode(image: Image, users: readonly Container[], busy: ReadonlySet<string>): ViewNode {
  const label = image.reference ?? shortId(image.id);
  const running = users.some(({ state }) => state === 'running');
  const description = `${bytes(image.size)}${image.reference === undefined ? ' · no name' : ''}`;
  const usedBy = users.length ? `Used by ${users.map(({ name }) => `\`${name}\``).join(', ')}` : 'No container uses it';
  return {
    id: `image/${image.id}/${image.reference ?? ''}`,
    label,
    description,
    spoken: `Image ${label}, ${bytes(image.size)}, ${users.length ? `used by ${plural(users.length, 'container')}` : 'unused'}`,
    icon: busy.has(image.id) ? { name: 'sync~spin' } : { name: 'package', ...(running && { color: 'charts.green' }) },
    tooltip: [`**${escaped(label)}** \`${shortId(image.id)}\``, `Size: ${bytes(image.size)}`, `Made: ${made(image.created)}`, usedBy].join(
      '  \n',
    ),
    subject: image,
  };
}

const made = (created: number): string => (created ? new Date(created).toISOString().slice(0, 16).replace('T', ' ') : 'unknown');
