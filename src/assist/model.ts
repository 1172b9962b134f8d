import type { Document } from '../document.ts';
import type { Edit, Source, Span } from '../text/text.ts';

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
  /** Whether the usual servers say it too: what a keyword, a flag or a variable is. */
  readonly usual?: true;
}

/** A name, the place asked about, and everywhere it stands. */
export interface Named {
  readonly kind: 'variable' | 'stage' | 'heredoc' | 'service' | 'network' | 'volume' | 'secret' | 'config' | 'model' | 'anchor';
  readonly name: string;
  readonly span: Span;
  readonly places: readonly Place[];
}

/** One place of a name; `write` where it gets its meaning. */
export interface Place {
  readonly span: Span;
  readonly write: boolean;
}

/** A place in one of several files. */
export interface FilePlace extends Place {
  readonly document: TextFile;
}

/** A document, or a file with variables that Compose reads beside it. */
export type TextFile = Document | { readonly language: 'env'; readonly source: Source };

/** A name, and everywhere the files around have it. */
export interface NamedEverywhere extends Omit<Named, 'places'> {
  readonly places: readonly FilePlace[];
}

/** One way to write an instruction; the parameters are parts of the label, in order. */
export interface Signature {
  readonly label: string;
  readonly parameters: readonly string[];
}

/** The ways that fit what is written, and the parameter the cursor is on. */
export interface Signatures {
  readonly signatures: readonly Signature[];
  readonly active: number;
}

/** An entry of the outline. */
export interface Symbol {
  readonly name: string;
  readonly kind: 'directive' | 'instruction' | 'section' | 'service' | 'network' | 'volume' | 'secret' | 'config' | 'model' | 'file';
  readonly detail?: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly Symbol[];
}

/** Lines that can be folded: from the end of the first to the end of the last. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind?: 'comment' | 'region';
}

/** A part of the text that leads somewhere. */
export interface Link {
  readonly span: Span;
  readonly target: { readonly kind: 'page'; readonly url: string } | { readonly kind: 'file'; readonly path: string };
}

/** What colours a part of the text; the order is the legend's. */
export const tokenTypes = [
  'keyword',
  'comment',
  'parameter',
  'property',
  'namespace',
  'class',
  'macro',
  'string',
  'variable',
  'operator',
  'modifier',
  'function',
  'number',
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** A coloured part; it never spans lines and is never empty. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly declaration?: true;
  readonly deprecated?: true;
}

/** A word shown in the text that is not part of it. */
export interface Hint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip?: string;
}

/** Another way to write a part of the text that means the same, or something it lacks. */
export interface Refactoring {
  readonly title: string;
  readonly kind: 'extract' | 'rewrite';
  readonly edits: readonly Edit[];
  /** Where a new name stands in the text after the edits: what it is to be called is asked next, where the editor can. */
  readonly named?: number;
  /** What other files get. */
  readonly others?: readonly FileEdit[];
}

/** Edits of another file, by its path; one that is not there is made, and its edits are insertions. */
export interface FileEdit {
  readonly path: string;
  readonly edits: readonly Edit[];
}
