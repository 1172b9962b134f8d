import type { World } from '../../lint/rule.ts';
import type { ImageReference } from '../../text/imageReference.ts';
import { isCudaImage } from './cudaTag.ts';
import type { Distro } from './distro.ts';

/** The tag of an image on the oldest release of its distribution that still gets fixes; undefined where that tag may not exist. */
export function currentDistro(
  parts: ImageReference,
  { product, cycle }: Distro,
  { knowledge, today }: Pick<World, 'knowledge' | 'today'>,
): string | undefined {
  const { tag = '', name, registry } = parts;
  const releases = Object.entries(knowledge.endOfLife[product] ?? {})
    .filter(([each, { eol, eoes }]) => {
      const end = product === 'debian' ? (eoes ?? eol) : eol;
      // Ubuntu’s long-term releases are those of April in even years.
      return end !== undefined && end > today && (product === 'debian' || /^\d[02468]\.04$/.test(each)) && Number(each) > Number(cycle);
    })
    .sort(([a], [b]) => Number(a) - Number(b));
  if (isCudaImage(parts)) {
    const row = knowledge.cudaImages.find(({ cuda }) => tag.startsWith(`${cuda}-`));
    const next = releases.find(([each]) => row?.os.includes(`ubuntu${each}`))?.[0];
    return next === undefined ? undefined : tag.replace(/ubuntu[\d.]+$/, `ubuntu${next}`);
  }
  const [next, { codename = '' } = {}] = releases[0] ?? [];
  const old = (knowledge.endOfLife[product]?.[cycle]?.codename ?? '').split(' ')[0]?.toLowerCase() ?? '';
  const fresh = codename.split(' ')[0]?.toLowerCase() ?? '';
  if (next === undefined || registry !== 'docker.io' || name.includes('/') || old === '') return undefined;
  if (name === product)
    return tag === cycle || tag === `${cycle}-slim`
      ? tag.replace(cycle, next)
      : tag === old || tag === `${old}-slim`
        ? tag.replace(old, fresh)
        : undefined;
  return new RegExp(`^\\d[\\w.]*(?:-slim)?-${old}(?:-slim)?$`).test(tag) ? tag.replace(old, fresh) : undefined;
}
