import type { Edit, Span } from '../text/text.ts';

/** What `docker compose config` would say about a file, by kind; each kind is a rule of its own. */
export type ComplaintKind =
  | 'unknown-key'
  | 'type'
  | 'value'
  | 'missing-key'
  | 'repeated-item'
  | 'port'
  | 'mount'
  | 'variable'
  | 'required-variable'
  | 'reference'
  | 'image'
  | 'conflict'
  | 'cycle'
  | 'include'
  | 'env-file'
  | 'extends';

/** One reason for which Compose refuses the file. */
export interface Complaint {
  readonly kind: ComplaintKind;
  readonly span: Span;
  readonly message: string;
  /** A change that makes it right; `safe` when it can mean nothing else. */
  readonly fix?: { readonly title: string; readonly safe: boolean; readonly edits: readonly Edit[] };
}
