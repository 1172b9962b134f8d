import type { Edit, Span } from '../text/text.ts';

// What an editor is offered, as plain data. The server turns it into LSP.

/** One item of a completion list. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What is replaced. */
  readonly span: Span;
  /** What replaces it. */
  readonly text: string;
  /** The same with tab stops (`${1:image}`), for editors that have them. */
  readonly snippet?: string;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly deprecated?: true;
  /** What typing is compared with, when it is not the label. */
  readonly filter?: string;
  /** Items are sorted by this, then by label. */
  readonly sort?: string;
  /** Further edits elsewhere in the file. */
  readonly also?: readonly Edit[];
}

export type CompletionKind =
  'keyword' | 'snippet' | 'property' | 'value' | 'enum' | 'variable' | 'stage' | 'image' | 'file' | 'folder' | 'reference' | 'unit';

/** What is shown when the pointer rests on something. */
export interface Card {
  readonly span: Span;
  readonly markdown: string;
}
