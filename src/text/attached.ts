/** A constructor that returns the object it is given: a class that extends it lays its private field on that. */
const Given = function (object: object) {
  return object;
} as unknown as new (object: object) => object;

/** What is attached to an object, by who attached it. */
class Attachments extends Given {
  readonly #all = new Map<object, unknown>();

  static of(object: object): Map<object, unknown> {
    return #all in object ? object.#all : new Attachments(object).#all;
  }
}

/**
 * What was worked out about objects, kept in a private field of each, and gone with it. It does what a WeakMap does; but a WeakMap with
 * objects that live for one keystroke is what the garbage collector spends most on: a check took several times as long, and paused.
 * Make few of these, for the life of the program: what was attached by one that is gone stays with the object.
 */
export class Attached<K extends object, V> {
  get(object: K): V | undefined {
    return Attachments.of(object).get(this) as V | undefined;
  }

  set(object: K, value: V): void {
    Attachments.of(object).set(this, value);
  }
}
