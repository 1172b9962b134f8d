import type { RawLine } from './splitter.ts';
import type { LogSession } from './session.ts';

/** A container as following sees it. */
export interface FollowTarget {
  readonly id: string;
  /** What its lines are labelled with: the same for a container that takes the place of another. */
  readonly label: string;
  readonly running: boolean;
  /** When it was last started: another time means that it was restarted. */
  readonly started?: string;
}

/** Which lines are wanted: of the past the last `tail`, or those since a time; and with `follow` what is yet to come. */
export interface LinesWanted {
  readonly tail?: number;
  /** RFC 3339; lines of exactly this time are included. */
  readonly since?: string;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** What following needs of an engine. */
export interface LogFeed {
  targets(): Promise<readonly FollowTarget[]>;
  lines(id: string, wanted: LinesWanted): AsyncIterable<RawLine>;
  /** What it writes as it writes it, where the engine tells: lines that have not ended as well. */
  writing?(id: string, signal: AbortSignal): AsyncIterable<string>;
  /** Yields when containers may have started, ended, come or gone. */
  changes(signal: AbortSignal): AsyncIterable<unknown>;
  /** How a container that does not run ended: a sentence, and what explains it. */
  ending(id: string): Promise<{ readonly sentence: string; readonly known?: string } | undefined>;
  /** Why lines cannot be had, in a sentence. */
  reason(error: unknown): string;
}

interface Followed {
  readonly source: number;
  label: string;
  /** The time of the last line, and how many lines had it: reading goes on after them. */
  last?: string;
  atLast: number;
  streaming: boolean;
  ended: boolean;
  started?: string | undefined;
  /** Why its lines cannot be had. */
  failure?: string | undefined;
}

/** Writes what the targets write into the session until it is closed: through restarts, for containers that join later as well. */
export async function follow(feed: LogFeed, session: LogSession, { tail }: { readonly tail: number }): Promise<void> {
  const followed = new Map<string, Followed>();
  const gone = new Set<string>();
  const { signal } = session;
  const pulse = new Pulse();
  void pump(feed, pulse, signal);

  const closed = (): boolean => signal.aborted;
  let first = true;
  while (!closed()) {
    const targets = await feed.targets().catch((error: unknown) => {
      session.state('failed', feed.reason(error));
      return undefined;
    });
    if (closed()) return;
    if (targets) {
      for (const [id, one] of followed) {
        if (targets.some((target) => target.id === id)) continue;
        followed.delete(id);
        gone.add(one.label);
        if (!targets.some(({ label }) => label === one.label)) session.mark(`${one.label} was removed`, { source: one.source });
      }
      const fresh = targets.filter(({ id }) => !followed.has(id));
      for (const { id, label } of fresh) {
        followed.set(id, { source: session.source(label), label, atLast: 0, streaming: false, ended: false });
        if (gone.delete(label)) session.mark(`${label} was recreated`, { source: session.source(label) });
        else if (!first) session.mark(`${label} joined`, { source: session.source(label) });
      }
      await backlog(feed, session, fresh, followed, tail);
      for (const target of targets) {
        const one = followed.get(target.id);
        if (!one || one.streaming) continue;
        if (target.running) {
          if (one.ended && one.started !== target.started) session.mark(`${one.label} restarted`, { source: one.source });
          one.started = target.started;
          one.ended = false;
          one.streaming = true;
          void stream(feed, session, target.id, one, pulse);
        } else if (!one.ended) {
          one.started = target.started;
          await end(feed, session, target.id, one);
        }
      }
      say(session, [...followed.values()], gone);
      first = false;
    }
    await pulse.next(targets ? undefined : retry);
  }
}

function say(session: LogSession, followed: readonly Followed[], gone: ReadonlySet<string>): void {
  const failure = followed.find((one) => one.failure !== undefined)?.failure;
  if (failure !== undefined) session.state('failed', failure);
  else if (!followed.length) session.state('waiting', gone.size ? 'removed' : 'No container yet.');
  else if (followed.some(({ streaming }) => streaming)) session.state('following');
  else session.state('ended');
}

/** The past of several containers in the order of its times. */
async function backlog(
  feed: LogFeed,
  session: LogSession,
  targets: readonly FollowTarget[],
  followed: ReadonlyMap<string, Followed>,
  tail: number,
): Promise<void> {
  const read = await Promise.all(
    targets.map(async ({ id }) => {
      const one = followed.get(id);
      const lines: RawLine[] = [];
      if (!one) return [];
      try {
        for await (const line of feed.lines(id, { tail, follow: false, signal: session.signal })) lines.push(line);
      } catch (error) {
        one.failure = feed.reason(error);
      }
      return lines.map((line) => ({ one, line }));
    }),
  );
  const merged = read.flat();
  if (targets.length > 1)
    merged.sort((a, b) => ((a.line.time ?? '') < (b.line.time ?? '') ? -1 : (a.line.time ?? '') > (b.line.time ?? '') ? 1 : 0));
  for (const { one, line } of merged) take(session, one, line);
  session.flush();
}

function take(session: LogSession, one: Followed, line: RawLine): void {
  if (line.time !== undefined) {
    one.atLast = line.time === one.last ? one.atLast + 1 : 1;
    one.last = line.time;
  }
  session.write({ source: one.source, ...line });
}

async function stream(feed: LogFeed, session: LogSession, id: string, one: Followed, pulse: Pulse): Promise<void> {
  const since = one.last;
  let known = one.atLast;
  const { signal } = session;
  const over = new AbortController();
  void unfinished(feed, session, id, one.source, AbortSignal.any([signal, over.signal]));
  try {
    for await (const line of feed.lines(id, { follow: true, signal, ...(since === undefined ? {} : { since }) })) {
      one.failure = undefined;
      // The engine repeats the lines of the time it was asked for, and may repeat earlier ones.
      if (since !== undefined && line.time !== undefined && line.time < since) continue;
      if (line.time === since && known > 0) known--;
      else take(session, one, line);
    }
    one.failure = undefined;
  } catch (error) {
    one.failure = feed.reason(error);
  }
  over.abort();
  if (signal.aborted) return;
  if (one.failure === undefined) await end(feed, session, id, one);
  // What cannot be read now is not asked for again at once.
  else await pause(retry, signal);
  one.streaming = false;
  pulse.beat();
}

/** Shows what is being written on a line that has not ended: a progress bar would else be seen when it is full. */
async function unfinished(feed: LogFeed, session: LogSession, id: string, source: number, signal: AbortSignal): Promise<void> {
  if (!feed.writing) return;
  let rest = '';
  try {
    for await (const text of feed.writing(id, signal)) {
      rest = (rest + text).slice(-keptUnfinished);
      rest = rest.slice(rest.lastIndexOf('\n') + 1);
      session.writing(source, rest);
    }
  } catch {
    // It is more than the log has to show; without it nothing is lost.
  }
  session.writing(source, undefined);
}
const keptUnfinished = 4096;

/** Says how it ended, unless it runs again already. */
async function end(feed: LogFeed, session: LogSession, id: string, one: Followed): Promise<void> {
  const ending = await feed.ending(id).catch(() => undefined);
  one.ended = true;
  if (!ending || session.signal.aborted) return;
  session.mark(`${one.label} ${ending.sentence}`, { source: one.source, ...(ending.known !== undefined && { known: ending.known }) });
}

async function pump(feed: LogFeed, pulse: Pulse, signal: AbortSignal): Promise<void> {
  signal.addEventListener('abort', () => {
    pulse.beat();
  });
  while (!signal.aborted) {
    try {
      for await (const _ of feed.changes(signal)) pulse.beat();
    } catch {
      // The engine went away; the loop below waits and asks again.
    }
    await pause(retry, signal);
    pulse.beat();
  }
}

const retry = 1000;
const pause = (time: number, signal: AbortSignal): Promise<void> =>
  new Promise((next) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      next();
    };
    const timer = setTimeout(end, time);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

/** Wakes whoever waits; beats that come while nobody waits count as one. */
class Pulse {
  #due = false;
  #wake: (() => void) | undefined;

  beat(): void {
    this.#due = true;
    this.#wake?.();
  }

  async next(timeout?: number): Promise<void> {
    if (!this.#due)
      await new Promise<void>((wake) => {
        this.#wake = wake;
        if (timeout !== undefined) setTimeout(wake, timeout);
      });
    this.#wake = undefined;
    this.#due = false;
  }
}
