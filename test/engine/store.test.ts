import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { connectDocker } from '../../client/engine/dockerode.ts';
import type { Container, EngineClient } from '../../client/engine/engine.ts';
import { engineError } from '../../client/engine/failure.ts';
import type { Snapshot } from '../../client/engine/snapshot.ts';
import { Store } from '../../client/engine/store.ts';
import { ensureEngine, privateEngine, type BedEngine } from '../bed/engine.ts';
import { ensureImages, images } from '../bed/images.ts';

const found = await ensureEngine(console.error);
const skip = 'unavailable' in found ? found.unavailable : false;

describe('the store on a real engine', { skip }, () => {
  const engine = found as BedEngine;
  const endpoint = { context: 'bed', host: engine.host, env: {} };
  const made: string[] = [];
  const stores: Store[] = [];
  let lists = 0;

  before(async () => {
    assert.equal(await ensureImages(engine, console.error), undefined);
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) store.dispose();
    if (made.length) await engine.docker(['rm', '-f', ...made.splice(0)]);
  });

  /** Counts list calls on the way to the real engine. */
  const counted = async (): Promise<EngineClient> => {
    const real = await connectDocker(endpoint);
    return {
      ...real,
      containers: () => {
        lists++;
        return real.containers();
      },
    };
  };
  const open = async (connect: () => Promise<EngineClient> = counted): Promise<Store> => {
    const store = new Store({ connect, endpoint: () => Promise.resolve(endpoint) });
    stores.push(store);
    store.start();
    await when(store, ({ connection }) => connection.state === 'connected', 10_000);
    return store;
  };
  const run = async (name: string, ...options: string[]): Promise<string> => {
    await engine.docker(['rm', '-f', name]);
    made.push(name);
    return engine.must(['run', '-d', '--stop-timeout', '1', '--name', name, ...options, images.busybox, 'sleep', '1000']);
  };
  const named = ({ containers }: Snapshot, name: string): Container | undefined => containers.find((one) => one.name === name);

  test('what a terminal does is seen within a second, and nothing is asked while nothing happens', async () => {
    const store = await open();
    await run('store-one');
    await when(store, (now) => named(now, 'store-one')?.state === 'running', 1000);
    await engine.must(['stop', 'store-one']);
    await when(store, (now) => named(now, 'store-one')?.state === 'exited', 1000);
    await engine.must(['rename', 'store-one', 'store-two']);
    made.push('store-two');
    await when(store, (now) => named(now, 'store-two') !== undefined && named(now, 'store-one') === undefined, 1000);
    await engine.must(['tag', images.busybox, 'store:tagged']);
    await when(store, (now) => now.images.some(({ reference }) => reference === 'store:tagged'), 1000);
    await engine.must(['rmi', 'store:tagged']);
    await when(store, (now) => !now.images.some(({ reference }) => reference === 'store:tagged'), 1000);
    await engine.must(['volume', 'create', 'store-volume']);
    await when(store, ({ volumes }) => volumes.some(({ id }) => id === 'store-volume'), 1000);
    await engine.must(['volume', 'rm', 'store-volume']);
    await engine.must(['network', 'create', 'store-network']);
    await when(store, ({ networks }) => networks.some(({ name }) => name === 'store-network'), 1000);
    await engine.must(['network', 'rm', 'store-network']);
    await pause(500);
    const before = lists;
    await pause(1500);
    assert.equal(lists, before);
  });

  test('a storm of events causes few list calls and the right end', async () => {
    const store = await open();
    const names = Array.from({ length: 12 }, (_, index) => `storm-${index}`);
    const before = lists;
    const start = Date.now();
    await Promise.all(names.map((name) => run(name)));
    await when(store, (now) => names.every((name) => named(now, name)?.state === 'running'), 5000);
    // At most one each 100 ms, and one for what came last.
    assert.ok(lists - before <= (Date.now() - start) / 100 + 2, `${lists - before} list calls in ${Date.now() - start} ms`);
  });

  test('exit codes, health, GPUs and what is published are read', async () => {
    const store = await open();
    await run('store-gpu', '--device', 'nvidia.com/gpu=all', '-p', '127.0.0.1:18181:80', '--health-cmd', 'true', '--health-interval', '1s');
    await engine.docker(['rm', '-f', 'store-crashed']);
    made.push('store-crashed');
    await engine.docker(['run', '--name', 'store-crashed', images.busybox, 'sh', '-c', 'exit 3']);
    const now = await when(
      store,
      (one) => named(one, 'store-gpu')?.health === 'healthy' && named(one, 'store-gpu')?.details !== undefined,
      8000,
    );
    const gpu = named(now, 'store-gpu');
    assert.deepEqual(gpu?.details?.gpus, [{ kind: 'all' }]);
    assert.deepEqual(gpu.ports, [{ container: 80, protocol: 'tcp', host: 18181, address: '127.0.0.1' }]);
    assert.equal(named(now, 'store-crashed')?.exitCode, 3);
  });

  test('what has been done already is no error; what cannot be has the engine’s reason', async () => {
    const docker = await connectDocker(endpoint);
    const id = await run('store-twice');
    await Promise.all([docker.stop(id), docker.stop(id)]);
    await docker.stop(id);
    await docker.start(id);
    await docker.start(id);
    await assert.rejects(docker.removeContainer(id, { force: false, volumes: false }), (error) => engineError(error).reason === 'conflict');
    await engine.must(['volume', 'create', 'store-used']);
    await run('store-user', '-v', 'store-used:/data');
    await assert.rejects(docker.removeVolume('store-used'), (error) => /in use/.test(engineError(error).message));
    await assert.rejects(docker.inspect('container', 'no-such'), (error) => engineError(error).reason === 'missing');
    await Promise.all([0, 1, 2].map(() => docker.removeContainer(id, { force: true, volumes: true })));
    await engine.docker(['rm', '-f', 'store-user']);
    await engine.must(['volume', 'rm', 'store-used']);
    docker.close();
  });

  test('programs run inside, files come out, and closing ends every stream', async () => {
    const docker = await connectDocker(endpoint);
    const id = await run('store-inside');
    assert.deepEqual(await docker.exec(id, ['sh', '-c', 'echo out; echo err >&2; exit 4']), { code: 4, out: 'out\n', err: 'err\n' });
    let size = 0;
    for await (const chunk of await docker.archive(id, '/etc')) size += chunk.length;
    assert.ok(size >= 512);
    assert.match((await docker.top(id)).rows.flat().join(' '), /sleep/);
    let open: () => void = () => undefined;
    const opened = new Promise<void>((done) => (open = done));
    const changes = docker
      .changes(new AbortController().signal, () => {
        open();
      })
      [Symbol.asyncIterator]()
      .next();
    await opened;
    docker.close();
    assert.equal((await changes).done, true);
  });
});

describe('an engine that dies and comes back', { skip }, () => {
  let engine: BedEngine;
  let store: Store | undefined;
  before(async () => {
    const own = await privateEngine('store', console.error);
    assert.ok(!('unavailable' in own));
    engine = own;
    const folder = mkdtempSync(join(tmpdir(), 'ml-containers-store-'));
    await (found as BedEngine).must(['save', '-o', join(folder, 'busybox.tar'), images.busybox]);
    await engine.must(['load', '-i', join(folder, 'busybox.tar')]);
    rmSync(folder, { recursive: true });
  });
  after(async () => {
    store?.dispose();
    await engine.docker(['rm', '-f', 'kept']);
    await engine.stop();
  });

  test('the lists empty, the reason is known, and all fill within 3 s of its return', async () => {
    await engine.docker(['rm', '-f', 'kept']);
    await engine.must(['run', '-d', '--network', 'none', '--name', 'kept', images.busybox, 'sleep', '1000']);
    const endpoint = { context: 'bed', host: engine.host, env: {} };
    store = new Store({ connect: connectDocker, endpoint: () => Promise.resolve(endpoint) });
    store.start();
    await when(store, ({ containers }) => containers.some(({ name }) => name === 'kept'), 10_000);
    for (let round = 0; round < 2; round++) {
      await engine.kill();
      const away = await when(store, ({ connection }) => connection.state === 'failed', 2000);
      assert.equal(away.connection.state === 'failed' && away.connection.reason, 'unreachable');
      assert.deepEqual(away.containers, []);
      await assert.rejects(store.engine());
      await pause(1500);
      await engine.start();
      const back = await when(store, ({ containers, images: all }) => containers.length > 0 && all.length > 0, 3000);
      assert.equal(back.connection.state, 'connected');
    }
  });
});

function when(store: Store, satisfied: (snapshot: Snapshot) => boolean, milliseconds: number): Promise<Snapshot> {
  return new Promise((done, fail) => {
    if (satisfied(store.snapshot)) {
      done(store.snapshot);
      return;
    }
    const stop = store.listen((snapshot) => {
      if (!satisfied(snapshot)) return;
      stop();
      clearTimeout(timer);
      done(snapshot);
    });
    const timer = setTimeout(() => {
      stop();
      const { connection, containers } = store.snapshot;
      fail(
        new Error(
          `not within ${milliseconds} ms: ${JSON.stringify({ connection, names: containers.map(({ name, state }) => [name, state]) })}`,
        ),
      );
    }, milliseconds);
  });
}
