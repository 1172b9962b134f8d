import type { Container, Image } from '../engine/engine.ts';
import { ago, bytes } from './format.ts';
import { nameOf, type ViewNode } from './node.ts';

/** Images by name, those without a name last. */
export function imageNodes(images: readonly Image[], containers: readonly Container[], now: number): readonly ViewNode[] {
  const used = new Set(containers.map(({ image }) => image));
  return [...images]
    .sort(
      (a, b) =>
        Number(a.reference === undefined) - Number(b.reference === undefined) ||
        nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true }),
    )
    .map((image) => {
      const name = image.reference ?? '<none>';
      const short = image.id.replace(/^sha256:/, '').slice(0, 12);
      const inUse = image.references.some((reference) => used.has(reference)) || used.has(image.id) || used.has(short);
      return {
        id: `image/${image.id}/${image.reference ?? ''}`,
        label: name,
        description: `${bytes(image.size)} · ${ago(image.created, now)}`,
        tooltip: [
          `**${name}**`,
          `Id \`${short}\`, ${bytes(image.size)}, created ${ago(image.created, now)}`,
          ...(image.references.length > 1 ? [`Also ${image.references.filter((other) => other !== image.reference).join(', ')}`] : []),
          inUse ? 'In use by a container' : 'Not in use',
        ].join('\n\n'),
        icon: image.reference === undefined ? 'circle-slash' : 'package',
        ...(inUse ? { color: 'testing.iconPassed' } : {}),
        spoken: `Image ${name}, ${bytes(image.size)}${inUse ? ', in use' : ''}`,
        subject: image,
      };
    });
}
