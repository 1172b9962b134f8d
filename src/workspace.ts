import { languageOf, open } from './core.ts';
import type { Document, Documents, Language } from './document.ts';
import type { Files, Workspace } from './lint/rule.ts';

/** The documents of a set of files, parsed when first asked for and again when a text has changed. */
export class WorkspaceDocuments implements Workspace {
  readonly #paths: () => readonly string[];
  readonly #files: Files;
  readonly #opened: (path: string) => Document | undefined;
  readonly #languageAt: (path: string) => Language | undefined;
  readonly #parsed = new Map<string, Document>();
  #listed: readonly string[] = [];
  readonly #byLanguage = new Map<Language, readonly string[]>();
  readonly #steady: boolean;
  readonly #steadyDocuments = new Map<Language, readonly Document[]>();

  /**
   * `paths` may give the same list again while it has not changed; `opened` says what has been read elsewhere, and `languageAt` what a file is
   * whose name does not tell. `steady`: neither paths nor files ever change, and need not be asked again.
   */
  constructor(
    paths: () => readonly string[],
    files: Files,
    opened: (path: string) => Document | undefined = () => undefined,
    languageAt: (path: string) => Language | undefined = languageOf,
    steady = false,
  ) {
    this.#steady = steady;
    this.#languageAt = languageAt;
    this.#paths = paths;
    this.#files = files;
    this.#opened = opened;
  }

  dockerfiles(): readonly Documents['dockerfile'][] {
    return this.#all('dockerfile');
  }

  composeFiles(): readonly Documents['compose'][] {
    return this.#all('compose');
  }

  #all<L extends Language>(language: L): readonly Documents[L][] {
    const steady = this.#steadyDocuments.get(language);
    if (steady) return steady as readonly Documents[L][];
    const paths = this.#paths();
    if (this.#listed !== paths) this.#byLanguage.clear();
    this.#listed = paths;
    let own = this.#byLanguage.get(language);
    if (!own) this.#byLanguage.set(language, (own = paths.filter((path) => this.#languageAt(path) === language)));
    const documents = own.flatMap((path) => (this.#read(path, language) as Documents[L] | undefined) ?? []);
    if (this.#steady) this.#steadyDocuments.set(language, documents);
    return documents;
  }

  #read(path: string, language: Language): Document | undefined {
    const text = this.#files.read(path);
    const opened = text === undefined ? undefined : this.#opened(path);
    if (text === undefined || opened?.language === language) {
      this.#parsed.delete(path);
      return opened;
    }
    let document = this.#parsed.get(path);
    if (document?.source.text !== text) this.#parsed.set(path, (document = open(path, text, language, document)));
    return document;
  }
}
