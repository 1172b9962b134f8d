import { Attached } from './attached.ts';

/** Stands for an answer that is undefined: that there is one. */
const none = Symbol();

/** A function of something that never changes: what it says of one thing is worked out once. */
export function remembered<K extends object, V>(work: (of: K) => V): (of: K) => V {
  const known = new Attached<K, V | typeof none>();
  return (of) => {
    const found = known.get(of);
    if (found !== undefined) return found === none ? (undefined as V) : found;
    const value = work(of);
    known.set(of, value === undefined ? none : value);
    return value;
  };
}
