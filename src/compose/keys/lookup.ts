import { remembered } from '../../text/remembered.ts';
import type { Key, Keys, Shape } from './key.ts';
import { root } from './root.ts';

/** What may stand at a path of keys; list items are entered with `[]`: `['services', 'api', 'ports', '[]', 'target']`. */
export function shapesAt(path: readonly string[]): readonly Shape[] {
  return path.reduce<readonly Shape[]>((at, step) => at.flatMap((shape) => within(shape, step)), [root]);
}

/** The row of the key that a path ends with; undefined for names that people choose and for what Compose does not know. */
export function keyAt(path: readonly string[]): Key | undefined {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  for (const shape of shapesAt(path.slice(0, -1)).flatMap(alternatives))
    if (shape.kind === 'map' && Object.hasOwn(shape.keys, last)) return shape.keys[last];
  return undefined;
}

/** The keys that a mapping at a path may have, and whether it takes names of people's choice. */
export function keysAt(path: readonly string[]): { readonly keys: Keys; readonly named: readonly string[] } {
  const maps = shapesAt(path)
    .flatMap(alternatives)
    .flatMap((shape) => (shape.kind === 'map' ? [shape] : []));
  return {
    keys: Object.assign({}, ...maps.map(({ keys }) => keys)) as Keys,
    named: maps.flatMap(({ named }) => named ?? []),
  };
}

/** Every shape that one of several is. */
export const alternatives: (shape: Shape) => readonly Exclude<Shape, { kind: 'either' }>[] = remembered((shape) =>
  shape.kind === 'either' ? shape.of.flatMap(alternatives) : [shape],
);

/** The values to choose from at a path, when there are any worth naming. */
export function valuesAt(path: readonly string[]): readonly string[] {
  const shapes = shapesAt(path).flatMap(alternatives);
  // Where any text may stand, as in a variable, true and false are nothing special.
  const free = shapes.some((shape) => shape.kind === 'string' && !shape.values && !shape.format && !shape.pattern && !shape.suggestions);
  const found = shapes.flatMap((shape) => {
    if (shape.kind === 'boolean' && free) return [];
    if (shape.kind === 'boolean' || (shape.kind === 'string' && shape.format === 'boolean')) return ['true', 'false'];
    return shape.kind === 'string' ? (shape.values ?? shape.suggestions ?? []) : [];
  });
  return [...new Set(found)];
}

function within(shape: Shape, step: string): readonly Shape[] {
  return alternatives(shape).flatMap((each): readonly Shape[] => {
    if (each.kind === 'list') return step === '[]' || /^\d+$/.test(step) ? [each.of] : [];
    if (each.kind !== 'map') return [];
    const known = Object.hasOwn(each.keys, step) ? each.keys[step] : undefined;
    if (known) return [known.shape];
    return each.others && step !== '[]' ? [each.others] : [];
  });
}
