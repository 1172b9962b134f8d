/** How a text value is written, beyond being a text. */
export type Format = 'boolean' | 'count' | 'duration' | 'integer' | 'number' | 'port' | 'size' | 'size or -1' | 'mode';

/** What may stand as a value. */
export type Shape =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer' | 'number'; readonly min?: number; readonly max?: number }
  | {
      readonly kind: 'string';
      /** The only values Compose takes. */
      readonly values?: readonly string[];
      /** Good values, where others are possible. */
      readonly suggestions?: readonly string[];
      /** A pattern, and in words what it asks for. */
      readonly pattern?: { readonly matches: RegExp; readonly says: string };
      readonly format?: Format;
    }
  | { readonly kind: 'list'; readonly of: Shape; readonly unique?: true }
  | {
      readonly kind: 'map';
      readonly keys: Keys;
      readonly required?: readonly string[];
      /** The value of any other key: a service's name, a variable. */
      readonly others?: Shape;
      /** What other keys must look like. */
      readonly names?: RegExp;
      /** What other keys are, in a word: `service`, `network`, `variable`. */
      readonly named?: string;
      /** Unknown keys are taken, with any value or with one of a shape. */
      readonly open?: true | Shape;
      /** Compose passes over unknown keys without a word. */
      readonly lenient?: true;
      /** `x-…` is taken. */
      readonly extensions?: true;
    }
  | { readonly kind: 'either'; readonly of: readonly Shape[] };

/** One key of a Compose file: what it is for and what it takes. */
export interface Key {
  readonly shape: Shape;
  /** In our own words; one or two sentences. */
  readonly about: string;
  /** The Docker Compose version that first knew it. */
  readonly since?: string;
  /** What to write instead, or why to leave it out. */
  readonly deprecated?: string;
  /** What a number or text counts in. */
  readonly unit?: string;
  /** What it means for those who train and serve models. */
  readonly ml?: string;
}

export type Keys = Readonly<Record<string, Key>>;

type More = Omit<Key, 'shape' | 'about'>;

/** A row of a table. */
export const key = (shape: Shape, about: string, more: More = {}): Key => ({ shape, about, ...more });

export type MapShape = Extract<Shape, { kind: 'map' }>;
type TextShape = Extract<Shape, { kind: 'string' }>;

export const nothing: Shape = { kind: 'null' };
export const text: Shape = { kind: 'string' };
export const strictBoolean: Shape = { kind: 'boolean' };
export const strictInteger: Shape = { kind: 'integer' };
export const formatted = (format: Format): TextShape => ({ kind: 'string', format });
export const word = (...values: readonly string[]): Shape => ({ kind: 'string', values });
export const suggest = (...suggestions: readonly string[]): Shape => ({ kind: 'string', suggestions });
export const either = (...of: readonly Shape[]): Shape => ({ kind: 'either', of });
export const list = (of: Shape): Shape => ({ kind: 'list', of });
export const set = (of: Shape): Shape => ({ kind: 'list', of, unique: true });
export const map = (keys: Keys, more: Partial<Omit<MapShape, 'kind' | 'keys'>> = {}): MapShape => ({
  kind: 'map',
  keys,
  extensions: true,
  ...more,
});
/** A mapping that takes no `x-…` either. */
export const closed = (keys: Keys, more: Partial<Omit<MapShape, 'kind' | 'keys'>> = {}): MapShape => ({ kind: 'map', keys, ...more });
/** A mapping whose keys people choose. */
export const named = (what: string, others: Shape, more: Partial<Omit<MapShape, 'kind' | 'keys' | 'others'>> = {}): MapShape => ({
  kind: 'map',
  keys: {},
  others,
  named: what,
  ...more,
});

// What many keys take. Each may be a text, too, so that `${VARIABLES}` can give it.
export const flag = either(strictBoolean, formatted('boolean'));
export const integer = either(strictInteger, formatted('integer'));
/** A whole number that is not below 0. */
export const count = either({ kind: 'integer', min: 0 }, formatted('integer'));
export const number = either({ kind: 'number' }, formatted('number'));
/** A number that as a text has to be whole. */
export const wholeAsText = either({ kind: 'number' }, formatted('integer'));
export const duration = formatted('duration');
export const size = either({ kind: 'number' }, formatted('size'));
/** A size without a fraction. */
export const wholeSize = either(strictInteger, formatted('size'));
export const mode = either(strictInteger, formatted('mode'));
export const texts = set(text);
export const textOrTexts = either(text, texts);
const scalar = either(text, { kind: 'number' }, strictBoolean, nothing);
/** `KEY: value` or a list of `KEY=value`. */
export const pairs = (what: string): Shape => either(named(what, scalar), texts);
export const options = named('option', either(text, { kind: 'number' }));
export const command = either(nothing, text, list(text));
export const hosts = either(named('host', either(text, list(text))), texts);
/** The names that services, networks, volumes, secrets and configs have; a network or model may have any other. */
export const names = /^[a-zA-Z0-9._-]+$/;
