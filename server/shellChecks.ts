import { shellScripts } from '../src/dockerfile/shell/shellScript.ts';
import type { Checker } from './checker.ts';
import type { OpenDocument } from './documents.ts';

/** How long the texts have to rest before ShellCheck is asked. */
const rest = 300;

/** Who opens hundreds of files works on a few: it is asked about those that were checked last. */
const mostWaiting = 8;

/** Asks ShellCheck about open Dockerfiles behind everything else, one at a time; what it was asked about a text that has changed since is dropped. */
export class ShellChecks {
  readonly #checker: Checker;
  readonly #onNews: (open: OpenDocument) => void;
  /** Documents to ask about, the latest at the end. */
  readonly #waiting = new Set<OpenDocument>();
  #timer: NodeJS.Timeout | undefined;
  #asking: { readonly about: OpenDocument; readonly abort: AbortController } | undefined;

  constructor(checker: Checker, onNews: (open: OpenDocument) => void) {
    this.#checker = checker;
    this.#onNews = onNews;
  }

  /** Call it after every check of a document. */
  follow(open: OpenDocument): void {
    this.drop(open);
    const { 'lint.enabled': enabled, 'lint.shellcheck': wanted, 'lint.rules': rules } = open.root.settings;
    if (open.language !== 'dockerfile' || !enabled || !wanted || rules['shellcheck'] === 'off' || this.#checker.shell.absent) return;
    this.#waiting.add(open);
    const [oldest] = this.#waiting;
    if (oldest && this.#waiting.size > mostWaiting) this.#waiting.delete(oldest);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#asking) void this.#work();
    }, rest);
  }

  drop(open: OpenDocument): void {
    this.#waiting.delete(open);
    if (this.#asking?.about === open) this.#asking.abort.abort();
  }

  /** Asks about one after the other, the latest first, until someone types again. */
  async #work(): Promise<void> {
    const { shell } = this.#checker;
    while (!this.#timer) {
      const about = [...this.#waiting].at(-1);
      if (!about) return;
      this.#waiting.delete(about);
      const scripts = about.document.language === 'dockerfile' ? shellScripts(about.document) : [];
      const open = scripts.filter((script) => shell.comments(script) === undefined);
      if (!open.length) continue;
      const abort = new AbortController();
      this.#asking = { about, abort };
      const learned = await shell.ask(open, abort.signal);
      this.#asking = undefined;
      if (learned && !abort.signal.aborted) this.#onNews(about);
    }
  }
}
