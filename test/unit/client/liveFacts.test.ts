import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineClient, EngineInfo } from '../../../client/engine/engine.ts';
import { emptySnapshot, type Snapshot } from '../../../client/engine/snapshot.ts';
import { liveFacts } from '../../../client/liveFacts.ts';

const info: EngineInfo = { architecture: 'x86_64', runtimes: ['runc', 'nvidia'], cdiDevices: ['nvidia.com/gpu=0'] };

/** A store of one engine on another machine, with one container that has a GPU. */
function remote(smi: (args: readonly string[]) => { code: number; out: string }) {
  const endpoint = { context: 'box', host: 'ssh://box', env: {} };
  const engine = {
    endpoint,
    containers: () => Promise.resolve([{ id: 'c', name: 'train', state: 'running', details: { gpus: [{ kind: 'all' }] } }]),
    exec: (_: string, [, ...args]: readonly string[]) => Promise.resolve({ ...smi(args), err: '' }),
  } as unknown as EngineClient;
  const listeners = new Set<() => void>();
  const store = {
    snapshot: emptySnapshot,
    listen: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    engine: () => Promise.resolve(engine),
    become: (snapshot: Partial<Snapshot>) => {
      store.snapshot = { ...store.snapshot, ...snapshot };
      for (const listener of listeners) listener();
    },
  };
  return { store, connected: { state: 'connected', endpoint, info } as const };
}

test('the server is told the machine, and its GPUs once they are read', async () => {
  const { store, connected } = remote(([first = '']) =>
    first.startsWith('--query-gpu')
      ? { code: 0, out: '0, GPU-1, NVIDIA L4, 550.54.15, 23034, 1, 0, 40, 20, 72, 8.9, [N/A]\n' }
      : { code: 0, out: '' },
  );
  const facts = liveFacts(store, 'linux');
  assert.equal(facts.now(), undefined);
  const read = new Promise<void>((done) => {
    facts.listen(() => {
      if (facts.now()?.driver !== undefined) done();
    });
  });
  const image = { kind: 'image', id: 'i', created: 1, labels: {} } as const;
  store.become({
    connection: connected,
    images: [
      { ...image, reference: 'a:1', size: 5 },
      { ...image, size: 7 },
    ],
  });
  assert.deepEqual([facts.now()?.images, facts.now()?.sizes], [['a:1'], { 'a:1': 5 }]);
  assert.deepEqual(facts.now()?.engine, {
    architecture: 'amd64',
    runtimes: ['runc', 'nvidia'],
    cdiDevices: ['nvidia.com/gpu=0'],
    onMac: false,
  });
  await read;
  assert.equal(facts.now()?.driver, '550.54.15');
  assert.deepEqual(facts.now()?.gpus, [{ name: 'NVIDIA L4', memory: 23034, computeCapability: '8.9' }]);
  store.become({ connection: { state: 'connecting' } });
  assert.equal(facts.now(), undefined);
});

test('that a remote engine shows no GPU does not mean that it has none', async () => {
  const { store, connected } = remote(() => ({ code: 127, out: '' }));
  const facts = liveFacts(store, 'darwin');
  let told = 0;
  const again = new Promise<void>((done) => {
    facts.listen(() => {
      if (++told === 2) done();
    });
  });
  store.become({ connection: connected });
  await again;
  assert.equal(facts.now()?.engine?.noDriver, undefined);
  assert.equal(facts.now()?.engine?.onMac, false);
});
