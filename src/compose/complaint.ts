import { shifted } from '../text/change.ts';
import type { Edit, Span } from '../text/text.ts';
import type { ScalarNode } from './model.ts';

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
  /** The anchor of the alias that it is about. */
  readonly anchor?: Span;
  /** The other file that it is in, which says it itself. */
  readonly path?: string;
  /** Compose goes on without a word: the value is lost. */
  readonly ignored?: true;
  /** Compose looks at it when all files are laid over each other, and not if one of them takes it away. */
  readonly late?: true;
  /** What a name that nothing defines stands for: the section it belongs in, and the defined name that it is like. */
  readonly undefined?: { readonly section: string; readonly name: string; readonly meant?: string };
  /** A change that makes it right; `safe` when it can mean nothing else. */
  readonly fix?: { readonly title: string; readonly safe: boolean; readonly edits: readonly Edit[] };
}

/** A complaint so much further on. */
export const movedComplaint = (complaint: Complaint, by: number): Complaint => ({
  ...complaint,
  span: shifted(complaint.span, by),
  ...(complaint.anchor && { anchor: shifted(complaint.anchor, by) }),
  ...(complaint.fix && {
    fix: { ...complaint.fix, edits: complaint.fix.edits.map((edit) => ({ ...edit, span: shifted(edit.span, by) })) },
  }),
});

/** Why a text is not what was written: the variables in it that are not set. Begins a message, or is empty. */
export function unsetIn({ unset = [] }: Pick<ScalarNode, 'unset'>): string {
  const names = [...new Set(unset)];
  return names.length ? `${names.map((name) => `«${name}»`).join(' and ')} ${names.length > 1 ? 'are' : 'is'} not set. ` : '';
}

/** Whether a complaint is about what whoever starts the project gives: a variable that is not set, a file with the settings of a machine. */
export const isGivenLater = ({ kind, message }: Complaint): boolean =>
  kind === 'required-variable' || kind === 'env-file' || /^«\w+»(?: and «\w+»)* (?:is|are) not set\. /.test(message);
