import { open } from '../src/core.ts';
import type { Document, Language } from '../src/document.ts';
import type { Kept } from '../src/lint/kept.ts';
import type { Finding } from '../src/lint/rule.ts';
import { mostText, offsetAt, source, type Position } from '../src/text/text.ts';
import { sweepEarly } from './heap.ts';
import { optimize } from './optimize.ts';
import type { Root, Roots } from './roots.ts';

/** A change as LSP sends it: a range and its new text, or the whole text. */
export interface Change {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** What the rules said about one state of a document, and which files that depended on. */
export interface Checked {
  /** The state of the text that it is about. */
  readonly state: number;
  /** Grows with every change to the settings or the engine's facts. */
  readonly epoch: number;
  readonly findings: readonly Finding[];
  readonly reads: Set<string>;
  /** What was found part by part, for the document's next state. */
  readonly kept?: Kept;
  /** Set when one of those files has changed. */
  readonly stale?: true;
}

/** A document open in the editor. It is parsed when first asked for after a change, and once. */
export class OpenDocument {
  readonly uri: string;
  readonly root: Root;
  readonly path: string;
  readonly language: Language;
  /** What the editor calls it. */
  readonly languageId: string;
  version: number;
  /** The last findings; stale when `state` is another. */
  checked: Checked | undefined;
  /** Grows with every change of the text. */
  state = 0;
  #text: string;
  #document: Document | undefined;
  /** The state before the edits that have not been parsed yet. */
  #before: Document | undefined;
  /** The parsed state before the last one: whoever takes a letter back is there again. */
  #earlier: Document | undefined;

  constructor(uri: string, root: Root, path: string, language: Language, languageId: string, version: number, text: string) {
    this.uri = uri;
    this.root = root;
    this.path = path;
    this.language = language;
    this.languageId = languageId;
    this.version = version;
    this.#text = text;
    root.setOpen(path, this);
  }

  get text(): string {
    return this.#text;
  }

  get document(): Document {
    if (!this.#document) {
      this.#document = open(this.path, this.#text, this.language, this.#before);
      this.#before = undefined;
    }
    return this.#document;
  }

  change(version: number, changes: readonly Change[]): void {
    this.version = version;
    const before = this.#text;
    for (const { range, text } of changes) {
      if (!range) {
        this.#text = text;
        continue;
      }
      const file = this.#document?.source.text === this.#text ? this.#document.source : source(this.path, this.#text);
      const start = offsetAt(file, range.start);
      const end = Math.max(start, offsetAt(file, range.end));
      this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    }
    if (this.#text === before) return;
    this.state++;
    const last = this.#document;
    this.#document = this.#earlier?.source.text === this.#text ? this.#earlier : undefined;
    this.#before = this.#document ? undefined : (last ?? this.#before);
    this.#earlier = last ?? this.#earlier;
    this.root.setOpen(this.path, this);
  }

  /** Lets go of what was worked out and can be again: the text and the findings stay. Of Compose files the others ask all the time. */
  rest(): void {
    if (this.language !== 'compose') this.#document = undefined;
    this.#before = undefined;
    this.#earlier = undefined;
    if (!this.checked) return;
    const { kept: _, ...checked } = this.checked;
    this.checked = checked;
  }

  close(): void {
    this.root.setOpen(this.path, undefined);
  }
}

const languageIds: Readonly<Record<string, Language>> = {
  dockerfile: 'dockerfile',
  dockercompose: 'compose',
  compose: 'compose',
  'pip-requirements': 'requirements',
};

/** Whoever opens a file of so many characters has use for compilers. */
const largeText = 50_000;

/** So many documents are kept ready for the next key; who has hundreds open works on a few of them. */
const mostAwake = 30;

/** The documents that the editor has open and that are ours. */
export class OpenDocuments {
  readonly #roots: Roots;
  readonly #open = new Map<string, OpenDocument>();
  /** Those used last, the latest at the end. */
  readonly #awake = new Set<OpenDocument>();

  constructor(roots: Roots) {
    this.#roots = roots;
  }

  open(uri: string, languageId: string, version: number, text: string): OpenDocument | undefined {
    const { root, path } = this.#roots.locate(uri);
    const language = languageIds[languageId] ?? root.languageAt(path);
    if (!language) return undefined;
    const document = new OpenDocument(uri, root, path, language, languageId, version, text);
    this.#open.set(uri, document);
    sweepEarly(this.#open.size > mostAwake);
    if (text.length > largeText) optimize();
    return document;
  }

  /** An open document that is small enough to be looked at. */
  get(uri: string): OpenDocument | undefined {
    const document = this.#open.get(uri);
    if (!document || document.text.length > mostText) return undefined;
    this.#use(document);
    return document;
  }

  /** An open document, whatever its size. */
  at(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  #use(document: OpenDocument): void {
    this.#awake.delete(document);
    this.#awake.add(document);
    for (const [oldest] of this.#awake.entries()) {
      if (this.#awake.size <= mostAwake) break;
      this.#awake.delete(oldest);
      oldest.rest();
    }
  }

  close(uri: string): OpenDocument | undefined {
    const document = this.#open.get(uri);
    if (!document) return undefined;
    document.close();
    this.#open.delete(uri);
    this.#awake.delete(document);
    sweepEarly(this.#open.size > mostAwake);
    return document;
  }

  /** Finds every document's root again, after the folders of the workspace have changed. */
  relocate(): void {
    for (const [uri, { language, languageId, version, text, path, root }] of this.#open) {
      const now = this.#roots.locate(uri);
      if (now.root === root && now.path === path) continue;
      this.close(uri);
      this.#open.set(uri, new OpenDocument(uri, now.root, now.path, language, languageId, version, text));
    }
  }

  [Symbol.iterator](): Iterator<OpenDocument> {
    return this.#open.values();
  }
}
