import type { Source, Span } from '../text/text.ts';

/** A `devcontainer.json`: JSON with comments. */
export interface Devcontainer {
  readonly language: 'devcontainer';
  readonly source: Source;
  readonly root?: JsonObject;
}

/** A JSON value and where it stands. */
export type Json = JsonObject | JsonList | JsonScalar;
export interface JsonObject {
  readonly kind: 'object';
  readonly span: Span;
  readonly entries: readonly { readonly key: string; readonly keySpan: Span; readonly value: Json }[];
}
export interface JsonList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Json[];
}
export interface JsonScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
}
