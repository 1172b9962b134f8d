import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { connectDocker } from '../../client/engine/dockerode.ts';
import { sentence } from '../../client/engine/sentences.ts';
import type { LogTarget } from '../../client/logs/feed.ts';
import { Logs } from '../../client/logs/logs.ts';
import type { LogSession } from '../../client/logs/session.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import { ensureEngine, type BedEngine } from '../bed/engine.ts';
import { ensureImages, images } from '../bed/images.ts';
import { until } from '../bed/shell.ts';

const found = await ensureEngine(console.error);
const skip = 'unavailable' in found ? found.unavailable : false;
const client = 'unavailable' in found ? undefined : await connectDocker({ context: 'bed', host: found.host, env: {} });

describe('the log panel on a real engine', { skip }, () => {
  const engine = found as BedEngine;
  const logs = new Logs(
    knowledge,
    () => ({ capacity: 100_000, tail: 1000 }),
    () => undefined,
  );
  const made: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'ml-containers-logs-'));

  before(async () => {
    assert.equal(await ensureImages(engine, console.error), undefined);
  });
  afterEach(async () => {
    logs.close();
    if (made.length) await engine.docker(['rm', '-f', ...made.splice(0)]);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (name: string, script: string, options: readonly string[] = []): Promise<LogTarget> => {
    await engine.docker(['rm', '-f', name]);
    made.push(name);
    const id = await engine.must([
      'run',
      '-d',
      '--init',
      '--stop-timeout',
      '1',
      '--name',
      name,
      ...options,
      images.busybox,
      'sh',
      '-c',
      script,
    ]);
    return { kind: 'container', id, name };
  };
  const follow = (target: LogTarget): LogSession => {
    assert.ok(client);
    return logs.follow(client, target, (error) => sentence(error));
  };
  const texts = (session: LogSession): string[] => {
    session.flush();
    return [...session.lines.from(0)].map(({ kind, text }) => (kind === 'mark' ? `-- ${text}` : text));
  };
  const shows = (session: LogSession, what: string, ready: (lines: string[]) => boolean, timeout = 10_000): Promise<void> =>
    until(what, () => ready(texts(session)), timeout, 20).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${texts(session).join('\n')}\n${JSON.stringify(session.head)}`);
    });

  test('follows a container, and goes on after a restart with a line that says so', async () => {
    const target = await run('logs-restart', 'n=0; while true; do n=$((n+1)); echo "run $$ line $n"; sleep 0.1; done');
    const session = follow(target);
    await shows(session, 'the first lines', (lines) => lines.length > 3);
    await engine.must(['restart', '-t', '0', 'logs-restart']);
    await shows(
      session,
      'lines after the restart',
      (lines) => lines.slice(lines.findIndex((line) => line.includes('restarted'))).filter((line) => line.startsWith('run')).length > 3,
    );
    const lines = texts(session);
    const numbers = lines.filter((line) => line.startsWith('run')).map((line) => Number(line.split(' ').at(-1)));
    const second = numbers.lastIndexOf(1);
    assert.deepEqual(
      numbers,
      [...numbers.slice(0, second).map((_, i) => i + 1), ...numbers.slice(second).map((_, i) => i + 1)],
      'no gap and no line twice',
    );
    assert.equal(lines.filter((line) => line === '-- logs-restart restarted').length, 1);
  });

  test('a new line is there at once', async () => {
    const target = await run('logs-quick', 'while [ ! -e /tmp/go ]; do usleep 20000; done; echo now; sleep 60');
    const session = follow(target);
    await shows(session, 'following', () => session.head.state === 'following');
    let at = 0;
    session.listen({ head: () => undefined, open: () => undefined, cleared: () => undefined, lines: () => (at = performance.now()) });
    const sent = performance.now();
    await engine.must(['exec', 'logs-quick', 'sh', '-c', 'touch /tmp/go']);
    const touched = performance.now();
    await shows(session, 'the line', (lines) => lines.includes('now'));
    assert.ok(
      at - touched < 1500,
      `${Math.round(at - touched)} ms after the program wrote it, ${Math.round(at - sent)} ms after it was asked to`,
    );
  });

  test('a container that ended shows its last lines and how it ended; out of memory says so', async () => {
    const target = await run('logs-ended', 'echo last words; exit 3');
    await engine.must(['wait', 'logs-ended']);
    const session = follow(target);
    await shows(session, 'the end', (lines) => lines.length === 2);
    assert.deepEqual(texts(session), ['last words', '-- logs-ended ended with code 3']);
    assert.equal(session.head.state, 'ended');
    const mark = [...session.lines.from(0)].at(-1);
    assert.ok(mark && (logs.meaning(mark.seq)?.cause.length ?? 0) > 20);

    const eater = await run('logs-oom', 'tail /dev/zero', ['-m', '16m', '--memory-swap', '16m']);
    await engine.must(['wait', 'logs-oom']);
    const killed = follow(eater);
    await shows(killed, 'the end', (lines) => lines.some((line) => line.includes('out of memory')));
  });

  test('a Compose project is merged by time, and a service added later joins', async () => {
    const file = join(folder, 'compose.yaml');
    const service = (name: string, pause: string): string =>
      `  ${name}:\n    image: ${images.busybox}\n    init: true\n    stop_grace_period: 0s\n    command: sh -c "n=0; while true; do n=$$((n+1)); echo ${name} $$n; sleep ${pause}; done"\n`;
    writeFileSync(file, `name: logsproject\nservices:\n${service('web', '0.2')}${service('db', '0.3')}`);
    const up = ['compose', '-f', file, 'up', '-d'];
    try {
      await engine.must(up);
      await new Promise((next) => setTimeout(next, 1000));
      const session = follow({ kind: 'project', name: 'logsproject' });
      await shows(session, 'both services', (lines) => ['web 1', 'db 1'].every((line) => lines.includes(line)));
      const times = [...session.lines.from(0)].map(({ time }) => time ?? '');
      assert.deepEqual(times, times.toSorted(), 'in the order of their times');
      assert.deepEqual(session.head.sources.map(({ name }) => name).sort(), ['db-1', 'web-1']);
      writeFileSync(file, `name: logsproject\nservices:\n${service('web', '0.2')}${service('db', '0.3')}${service('worker', '0.1')}`);
      await engine.must(up);
      await shows(session, 'the third service', (lines) => lines.includes('worker 1'));
      assert.ok(texts(session).includes('-- worker-1 joined'));
    } finally {
      await engine.docker(['compose', '-f', file, 'down', '-t', '0']);
    }
  });

  test('streams, colours, progress bars, long lines, bad bytes and terminals are shown right', async () => {
    const script = `
      echo out; echo err >&2; printf '\\033[31mred\\033[0m\\n';
      printf ' 10%%\\r 50%%\\r100%%\\n'; printf 'bad \\377\\376 bytes\\n';
      head -c 1000000 /dev/zero | tr '\\0' x; echo; echo end`;
    for (const tty of [false, true]) {
      const target = await run(`logs-shapes-${tty ? 'tty' : 'plain'}`, script, tty ? ['-t'] : []);
      await engine.must(['wait', target.name]);
      const session = follow(target);
      await shows(session, 'the end', (lines) => lines.at(-1)?.startsWith('--') ?? false);
      const lines = [...session.lines.from(0)];
      const text = (start: string): string => lines.find((line) => line.text.includes(start))?.text ?? '';
      assert.equal(text('100%'), '100%');
      assert.equal(text('red'), '\u001b[31mred\u001b[0m');
      assert.match(text('bad'), /^bad \ufffd+ bytes$/);
      assert.equal(lines.find(({ text: long }) => long.length > 100_000)?.text.length, 1_000_000);
      assert.ok(texts(session).includes('end'));
      assert.equal(lines.find(({ text: said }) => said === 'err')?.kind, tty ? 'out' : 'err');
    }
  });

  test('a progress bar is seen while it runs, on a line that has not ended', async () => {
    const target = await run(
      'logs-bar',
      "i=0; while [ $i -lt 100 ]; do i=$((i+1)); printf '\\r%d of 100' $i >&2; sleep 0.05; done; echo >&2; sleep 0.2; echo after; sleep 60",
    );
    const session = follow(target);
    const open: string[] = [];
    session.listen({
      head: () => undefined,
      lines: () => undefined,
      cleared: () => undefined,
      open: (lines) => open.push(...lines.map(({ text }) => text)),
    });
    await until('the bar', () => open.length > 5, 5000, 20);
    assert.match(open.at(-1) ?? '', /^\d+ of 100$/);
    assert.deepEqual(texts(session), [], 'the log itself has nothing yet');
    await shows(session, 'its end', (lines) => lines.includes('after'), 15_000);
    assert.deepEqual(texts(session), ['100 of 100', 'after']);
  });

  test('says why nothing can be read', async () => {
    const target = await run('logs-none', 'echo lost; sleep 60', ['--log-driver', 'none']);
    const session = follow(target);
    await shows(session, 'the reason', () => session.head.state === 'failed');
    assert.match(session.head.note ?? '', /does not support reading/);
  });

  test('the same log again only comes into sight; another closes the first', async () => {
    const one = await run('logs-one', 'sleep 60');
    const session = follow(one);
    assert.equal(follow(one), session);
    const other = follow(await run('logs-two', 'sleep 60'));
    assert.notEqual(other, session);
    assert.ok(session.signal.aborted);
  });
});
