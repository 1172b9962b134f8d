import { languageOf, open } from './core.ts';
import type { Document, Documents, Language } from './document.ts';
import type { Files, Workspace } from './lint/rule.ts';

/** The documents of a set of files, parsed when first asked for and again when a text has changed. */
export class WorkspaceDocuments implements Workspace {
  readonly #paths: () => readonly string[];
  readonly #files: Files;
  readonly #parsed = new Map<string, Document>();

  constructor(paths: () => readonly string[], files: Files) {
    this.#paths = paths;
    this.#files = files;
  }

  dockerfiles(): readonly Documents['dockerfile'][] {
    return this.#all('dockerfile');
  }

  composeFiles(): readonly Documents['compose'][] {
    return this.#all('compose');
  }

  #all<L extends Language>(language: L): readonly Documents[L][] {
    return this.#paths().flatMap((path) => {
      if (languageOf(path) !== language) return [];
      const text = this.#files.read(path);
      if (text === undefined) return [];
      let document = this.#parsed.get(path);
      if (document?.source.text !== text) this.#parsed.set(path, (document = open(path, text, language, document)));
      return [document as Documents[L]];
    });
  }
}
