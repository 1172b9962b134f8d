import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { nearest } from '../../text/nearest.ts';
import { officialImages } from './officialImages.ts';

/** The stage that a bare name most likely means which is no stage above it: one that is called nearly so, or so and begins below. */
export interface MeantStage {
  readonly name: string;
  readonly below: boolean;
}

/** What `FROM` of a stage means, where it names an image that nobody has: `FROM bulid` beside a stage `build`. */
export function meantStage({ stages }: Dockerfile, { image, base, index }: Stage): MeantStage | undefined {
  return !image || base ? undefined : meantBy(image.value, stages, index);
}

/** The same for any place that takes the name of a stage; `at` is the stage that it stands in. */
export function meantBy(name: string, stages: readonly Stage[], at: number): MeantStage | undefined {
  // Of a short word too much is a neighbour.
  if (!/^[a-z][\w.-]{3,}$/i.test(name) || officialImages.has(name) || name === 'scratch') return undefined;
  const named = stages.flatMap((stage) => (stage.name ? [{ index: stage.index, name: stage.name.value }] : []));
  const exact = named.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (exact) return exact.index > at ? { name: exact.name, below: true } : undefined;
  const meant = nearest(
    name,
    named.flatMap((each) => (each.index < at && each.name.length > 3 ? [each.name] : [])),
  );
  // `node18` beside `node20`, `base-cpu` beside `base-gpu`: other names, not misspelt ones.
  return meant === undefined || differsByNumber(name, meant) || otherWord(name, meant) ? undefined : { name: meant, below: false };
}

const differsByNumber = (one: string, other: string): boolean => one.replace(/\d+/g, '') === other.replace(/\d+/g, '');

/** Whether only one part of a name put together from several differs, as a whole. */
function otherWord(one: string, other: string): boolean {
  const [a, b] = [one.split(/[-_.]/), other.split(/[-_.]/)];
  const unlike = a.flatMap((word, at) => (word === b[at] ? [] : [[word, b[at] ?? ''] as const]));
  return a.length === b.length && a.length > 1 && unlike.every(([x, y]) => x.length < 4 || y.length < 4);
}
