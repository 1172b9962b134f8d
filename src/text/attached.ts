/** A constructor that returns the object it is given: a class that extends it lays its private field on that. */
const Given = function (object: object) {
  return object;
} as unknown as new (object: object) => object;

/** What is attached to an object: who attached it, and behind that what it is. It is mostly little, and there are many such objects. */
class Attachments extends Given {
  #all: readonly unknown[] = [];

  static of(object: object): readonly unknown[] {
    return #all in object ? object.#all : [];
  }

  static replace(object: object, all: readonly unknown[]): void {
    (#all in object ? object : new Attachments(object)).#all = all;
  }
}

/**
 * What was worked out about objects, kept in a private field of each, and gone with it. It does what a WeakMap does; but a WeakMap with
 * objects that live for one keystroke is what the garbage collector spends most on: a check took several times as long, and paused.
 * Make few of these, for the life of the program: what was attached by one that is gone stays with the object.
 */
export class Attached<K extends object, V> {
  get(object: K): V | undefined {
    const all = Attachments.of(object);
    const at = all.indexOf(this);
    return at < 0 ? undefined : (all[at + 1] as V);
  }

  set(object: K, value: V): void {
    const all = Attachments.of(object);
    const at = all.indexOf(this);
    Attachments.replace(object, at < 0 ? all.concat([this, value]) : all.with(at + 1, value));
  }
}
