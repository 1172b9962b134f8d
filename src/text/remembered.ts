import { Attached } from './attached.ts';

/** A function of something that never changes: what it says of one thing is worked out once. */
export function remembered<K extends object, V>(work: (of: K) => V): (of: K) => V {
  const known = new Attached<K, { readonly value: V }>();
  return (of) => {
    let found = known.get(of);
    if (!found) known.set(of, (found = { value: work(of) }));
    return found.value;
  };
}
