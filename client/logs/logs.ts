import { explainExit } from '../../src/diagnose/exit.ts';
import { explain } from '../../src/diagnose/explain.ts';
import type { KnowledgeBase } from '../../src/knowledge/knowledge.ts';
import type { EngineClient } from '../engine/engine.ts';
import { endingOf, logFeed, type LogTarget } from './feed.ts';
import { follow } from './follow.ts';
import { LogSession } from './session.ts';

/** What the log panel may do that is set by the person who uses it. */
export interface LogOptions {
  readonly capacity: number;
  readonly tail: number;
}

/** What a line means, in words. */
export interface Meaning {
  readonly cause: string;
  readonly fixes: readonly string[];
}

/** The logs of the panel: one is shown at a time. */
export class Logs {
  readonly #knowledge: KnowledgeBase;
  readonly #options: () => LogOptions;
  readonly #show: (session: LogSession) => void;
  #current: LogSession | undefined;
  #target: LogTarget | undefined;
  #count = 0;

  /** `show` brings the panel into sight; it is called for each log that is opened. */
  constructor(knowledge: KnowledgeBase, options: () => LogOptions, show: (session: LogSession) => void) {
    this.#knowledge = knowledge;
    this.#options = options;
    this.#show = show;
  }

  get current(): LogSession | undefined {
    return this.#current;
  }

  /** A log that the caller writes. */
  open(title: string): LogSession {
    this.close();
    const { errors } = this.#knowledge;
    const session = new LogSession({ log: ++this.#count, title, capacity: this.#options().capacity }, (text) => explain(text, errors)?.id);
    this.#current = session;
    this.#show(session);
    return session;
  }

  /** Follows a container or a project; the same one again only comes into sight. */
  follow(engine: EngineClient, target: LogTarget, reason: (error: unknown) => string): LogSession {
    const again = this.#current;
    if (again && this.#target && same(this.#target, target)) {
      this.#show(again);
      return again;
    }
    const session = this.open(target.name);
    this.#target = target;
    void follow(logFeed(engine, target, { exitCodes: this.#knowledge.exitCodes, reason }), session, { tail: this.#options().tail });
    return session;
  }

  /** What a line of the current log means. */
  meaning(seq: number): Meaning | undefined {
    const line = this.#current?.lines.at(seq);
    if (line?.known === undefined) return undefined;
    const ending = endingOf(line.known);
    if (ending) {
      const { meaning, tryThis } = explainExit(ending, this.#knowledge.exitCodes);
      return { cause: meaning, fixes: tryThis };
    }
    const row = this.#knowledge.errors.find(({ id }) => id === line.known);
    return row && { cause: row.cause, fixes: row.fix };
  }

  close(): void {
    this.#current?.close();
    this.#current = undefined;
    this.#target = undefined;
  }
}

const same = (a: LogTarget, b: LogTarget): boolean =>
  a.kind === b.kind && (a.kind === 'container' && b.kind === 'container' ? a.id === b.id : a.name === b.name);
