import { shellScripts } from '../src/dockerfile/shell/shellScript.ts';
import type { Checker } from './checker.ts';
import type { OpenDocument } from './documents.ts';

/** How long the text has to rest before ShellCheck is asked. */
const rest = 300;

/** Asks ShellCheck about open Dockerfiles behind everything else; what it was asked about a text that has changed since is dropped. */
export class ShellChecks {
  readonly #checker: Checker;
  readonly #onNews: (open: OpenDocument) => void;
  readonly #asking = new Map<OpenDocument, AbortController>();

  constructor(checker: Checker, onNews: (open: OpenDocument) => void) {
    this.#checker = checker;
    this.#onNews = onNews;
  }

  /** Call it after every check of a document. */
  follow(open: OpenDocument): void {
    this.drop(open);
    const { document } = open;
    const { 'lint.enabled': enabled, 'lint.shellcheck': wanted, 'lint.rules': rules } = open.root.settings;
    if (document.language !== 'dockerfile' || !enabled || !wanted || rules['shellcheck'] === 'off') return;
    const { shell } = this.#checker;
    if (shell.absent) return;
    const scripts = shellScripts(document).filter((script) => shell.comments(script) === undefined);
    if (!scripts.length) return;
    const asking = new AbortController();
    this.#asking.set(open, asking);
    const ask = async (): Promise<void> => {
      const learned = await shell.ask(scripts, asking.signal);
      if (asking.signal.aborted) return;
      this.#asking.delete(open);
      if (learned) this.#onNews(open);
    };
    const timer = setTimeout(() => void ask(), rest);
    asking.signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  }

  drop(open: OpenDocument): void {
    this.#asking.get(open)?.abort();
    this.#asking.delete(open);
  }
}
