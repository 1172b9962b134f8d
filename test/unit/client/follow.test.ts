import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { follow, type FollowTarget, type LinesWanted, type LogFeed } from '../../../client/logs/follow.ts';
import { LogSession } from '../../../client/logs/session.ts';
import type { RawLine } from '../../../client/logs/splitter.ts';

/** An engine that does what an engine does with logs: keeps them, repeats the time asked for, ends streams when a container ends. */
class FakeEngine implements LogFeed {
  readonly written = new Map<string, RawLine[]>();
  readonly state = new Map<string, FollowTarget>();
  readonly #wakers = new Set<() => void>();
  failure: string | undefined;
  opened = 0;

  set(target: FollowTarget): void {
    this.state.set(target.id, target);
    this.wake();
  }
  write(id: string, text: string, second: number): void {
    const line: RawLine = { stream: 'out', time: `2026-11-21T06:00:${String(second).padStart(2, '0')}.000000000Z`, text };
    this.written.set(id, [...(this.written.get(id) ?? []), line]);
    this.wake();
  }
  wake(): void {
    for (const wake of [...this.#wakers]) wake();
  }
  async #next(signal: AbortSignal): Promise<void> {
    await new Promise<void>((done) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        this.#wakers.delete(wake);
        done();
      };
      this.#wakers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
  targets(): Promise<readonly FollowTarget[]> {
    return Promise.resolve([...this.state.values()]);
  }
  async *lines(id: string, { tail, since, follow: more, signal }: LinesWanted): AsyncIterable<RawLine> {
    this.opened++;
    if (this.failure !== undefined) throw new Error(this.failure);
    const kept = (): RawLine[] => this.written.get(id) ?? [];
    let at = since === undefined ? Math.max(0, kept().length - (tail ?? Infinity)) : kept().findIndex(({ time }) => (time ?? '') >= since);
    if (at < 0) at = kept().length;
    for (;;) {
      for (; at < kept().length; at++) {
        const line = kept()[at];
        if (line) yield line;
      }
      if (!more || signal.aborted || !this.state.get(id)?.running) return;
      await this.#next(signal);
    }
  }
  async *changes(signal: AbortSignal): AsyncIterable<unknown> {
    while (!signal.aborted) {
      await this.#next(signal);
      yield undefined;
    }
  }
  ending(id: string): Promise<{ sentence: string } | undefined> {
    return Promise.resolve(this.state.get(id)?.running ? undefined : { sentence: 'ended with code 1' });
  }
  reason(error: unknown): string {
    return error instanceof Error ? error.message : '';
  }
}

const sessions: LogSession[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});
function start(engine: FakeEngine, tail = 100): LogSession {
  const session = new LogSession({ log: 1, title: 't', capacity: 1000 });
  sessions.push(session);
  void follow(engine, session, { tail });
  return session;
}
const texts = (session: LogSession): string[] => {
  session.flush();
  return [...session.lines.from(0)].map(({ kind, text }) => (kind === 'mark' ? `-- ${text}` : text));
};
async function shows(session: LogSession, expected: readonly string[]): Promise<void> {
  for (let i = 0; i < 200 && texts(session).length < expected.length; i++) await new Promise((next) => setTimeout(next, 5));
  assert.deepEqual(texts(session), expected);
}

describe('following', () => {
  test('goes on across a restart with a line that says so: no gap, no duplicate', async () => {
    const engine = new FakeEngine();
    engine.set({ id: 'a', label: 'train', running: true, started: '1' });
    engine.write('a', 'one', 1);
    engine.write('a', 'two', 1);
    const session = start(engine);
    await shows(session, ['one', 'two']);
    engine.write('a', 'same time', 1);
    await shows(session, ['one', 'two', 'same time']);
    engine.set({ id: 'a', label: 'train', running: false, started: '1' });
    await shows(session, ['one', 'two', 'same time', '-- train ended with code 1']);
    engine.write('a', 'again', 2);
    engine.set({ id: 'a', label: 'train', running: true, started: '2' });
    await shows(session, ['one', 'two', 'same time', '-- train ended with code 1', '-- train restarted', 'again']);
    assert.equal(session.head.state, 'following');
  });

  test('a container that has ended shows its last lines and how it ended', async () => {
    const engine = new FakeEngine();
    engine.set({ id: 'a', label: 'train', running: false });
    for (let i = 0; i < 10; i++) engine.write('a', String(i), i);
    const session = start(engine, 2);
    await shows(session, ['8', '9', '-- train ended with code 1']);
    assert.equal(session.head.state, 'ended');
  });

  test('a project’s lines come in the order of their times, and who joins later is there as well', async () => {
    const engine = new FakeEngine();
    engine.set({ id: 'a', label: 'web', running: true });
    engine.set({ id: 'b', label: 'db', running: true });
    engine.write('a', 'web 1', 1);
    engine.write('a', 'web 3', 3);
    engine.write('b', 'db 2', 2);
    const session = start(engine);
    await shows(session, ['web 1', 'db 2', 'web 3']);
    engine.write('c', 'worker 4', 4);
    engine.set({ id: 'c', label: 'worker', running: true });
    await shows(session, ['web 1', 'db 2', 'web 3', '-- worker joined', 'worker 4']);
    assert.deepEqual(
      session.head.sources.map(({ name }) => name),
      ['web', 'db', 'worker'],
    );
  });

  test('a container that takes another’s place keeps its label', async () => {
    const engine = new FakeEngine();
    engine.set({ id: 'a', label: 'web', running: true });
    engine.write('a', 'old', 1);
    const session = start(engine);
    await shows(session, ['old']);
    engine.state.delete('a');
    engine.write('b', 'new', 2);
    engine.set({ id: 'b', label: 'web', running: true });
    for (let i = 0; i < 100 && !texts(session).includes('new'); i++) await new Promise((next) => setTimeout(next, 5));
    assert.deepEqual(
      texts(session).filter((text) => !text.includes('ended')),
      ['old', '-- web was recreated', 'new'],
    );
    assert.equal(session.head.sources.length, 1);
  });

  test('says why lines cannot be had, and does not ask again in a hurry', async () => {
    const engine = new FakeEngine();
    engine.failure = 'This log driver keeps nothing that can be read.';
    engine.set({ id: 'a', label: 'web', running: true });
    const session = start(engine);
    for (let i = 0; i < 40; i++) {
      engine.wake();
      await new Promise((next) => setTimeout(next, 5));
    }
    assert.equal(session.head.state, 'failed');
    assert.equal(session.head.note, engine.failure);
    assert.ok(engine.opened <= 3, `${engine.opened} streams were opened`);
  });
});

describe('a session', () => {
  test('folds progress bars, hands colours on, and recognises errors', () => {
    const session = new LogSession({ log: 1, title: 't', capacity: 10 }, (text) => (text.includes('boom') ? 'known' : undefined));
    sessions.push(session);
    const source = session.source('a');
    session.write({ source, stream: 'err', text: ' 10%\r 50%\r100%' });
    session.write({ source, stream: 'out', text: '\u001b[31mred' });
    session.write({ source, stream: 'out', text: 'boom\u001b[0m' });
    session.write({ source, stream: 'out', text: 'plain' });
    session.flush();
    assert.deepEqual(
      [...session.lines.from(0)].map(({ kind, text, known }) => [kind, text, known]),
      [
        ['err', '100%', undefined],
        ['out', '\u001b[31mred', undefined],
        ['out', '\u001b[31mboom\u001b[0m', 'known'],
        ['out', 'plain', undefined],
      ],
    );
  });

  test('of a million lines keeps its capacity', () => {
    const session = new LogSession({ log: 1, title: 't', capacity: 1000 });
    sessions.push(session);
    const start = performance.now();
    for (let i = 0; i < 1_000_000; i++) session.write({ source: 0, stream: 'out', text: `line ${i}` });
    session.flush();
    assert.equal(session.lines.size, 1000);
    assert.equal(session.lines.at(session.lines.next - 1)?.text, 'line 999999');
    assert.ok(performance.now() - start < 60_000, `${performance.now() - start} ms`);
  });
});
