import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { containerDetails } from '../../../client/engine/details.ts';
import { gpuUses, type GpuContainer } from '../../../client/gpu/holders.ts';
import { readGpus, type GpuReport, type Smi } from '../../../client/gpu/nvidiaSmi.ts';
import { watch } from '../../../client/gpu/watch.ts';

const { signal } = new AbortController();
const answers =
  (gpus: string, apps = '', code = 0): Smi =>
  (args) =>
    Promise.resolve({ code, text: args[0]?.startsWith('--query-gpu') ? gpus : apps });
const report = async (smi: Smi): Promise<GpuReport> => {
  const answer = await readGpus(smi, signal);
  assert.ok('gpus' in answer, JSON.stringify(answer));
  return answer;
};

const two = `0, GPU-aaa, NVIDIA H200, 580.159.03, 143771, 61440, 87, 61, 512.34, 700.00, 9.0, Disabled
1, GPU-bbb, NVIDIA L4, 580.159.03, 23034, 0, 0, 38, 16.21, 72.00, 8.9, [N/A]
`;

describe('nvidia-smi', () => {
  test('tells of GPUs and of who computes on them', async () => {
    const { driver, gpus, processes } = await report(answers(two, 'GPU-aaa, 4711, /usr/bin/python3, 61000\nGPU-aaa, 12, a, b, [N/A]\n'));
    assert.equal(driver, '580.159.03');
    assert.deepEqual(gpus[0], {
      index: 0,
      uuid: 'GPU-aaa',
      name: 'NVIDIA H200',
      memory: 143771,
      used: 61440,
      utilization: 87,
      temperature: 61,
      power: 512.34,
      powerLimit: 700,
      computeCapability: '9.0',
      mig: false,
    });
    assert.equal(gpus[1]?.mig, undefined);
    assert.deepEqual(processes, [
      { uuid: 'GPU-aaa', pid: 4711, name: '/usr/bin/python3', memory: 61000 },
      { uuid: 'GPU-aaa', pid: 12, name: 'a, b' },
    ]);
  });

  test('what a card does not tell is absent, not zero', async () => {
    const [gpu] = (
      await report(answers('0, GPU-a, Quadro, 470.1, 8000, 100, [Not Supported], [N/A], [N/A], [Unknown Error], 7.5, [N/A]\n'))
    ).gpus;
    assert.deepEqual(gpu, { index: 0, uuid: 'GPU-a', name: 'Quadro', memory: 8000, used: 100, computeCapability: '7.5' });
  });

  test('an older driver is asked again without the field that it does not know', async () => {
    const asked: string[] = [];
    const smi: Smi = ([query = '']) => {
      asked.push(query);
      if (query.includes('compute_cap')) return Promise.resolve({ code: 2, text: 'Field "compute_cap" is not a valid field to query.\n' });
      return Promise.resolve({
        code: 0,
        text: query.startsWith('--query-gpu') ? '0, GPU-a, K80, 450.1, 11441, 0, 0, 30, 26, 149, Disabled\n' : '',
      });
    };
    assert.equal((await report(smi)).gpus[0]?.name, 'K80');
    assert.equal(asked.length, 3);
  });

  test('no program, no driver and no card are three things', async () => {
    assert.deepEqual(await readGpus(() => Promise.resolve(undefined), signal), { reason: 'absent' });
    const message = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.";
    assert.deepEqual(await readGpus(answers(`${message}\n`, '', 9), signal), { reason: 'driver', message });
    assert.deepEqual(await readGpus(answers('No devices were found\n', '', 6), signal), { gpus: [], processes: [] });
  });
});

describe('who holds a GPU', () => {
  test('is told by processes, by what was asked for, and by nobody else', async () => {
    const data = await report(answers(two, 'GPU-aaa, 10, python, 40000\nGPU-aaa, 11, python, 1000\nGPU-aaa, 99, Xorg, 200\n'));
    const containers: GpuContainer[] = [
      { id: '1', name: 'train', pids: [9, 10, 11], asked: [{ kind: 'count', count: 1 }] },
      { id: '2', name: 'serve', pids: [20], asked: [{ kind: 'devices', ids: ['nvidia.com/gpu=1'] }] },
      { id: '3', name: 'notebook', pids: [], asked: [{ kind: 'all' }] },
      { id: '4', name: 'db', pids: [30], asked: [] },
    ];
    const [first, second] = gpuUses(data, containers);
    assert.deepEqual(
      first?.holders.map(({ container, memory, processes }) => [container.name, memory, processes.length]),
      [
        ['train', 41000, 2],
        ['notebook', 0, 0],
      ],
    );
    assert.deepEqual(
      first.others.map(({ name }) => name),
      ['Xorg'],
    );
    assert.deepEqual(
      second?.holders.map(({ container }) => container.name),
      ['notebook', 'serve'],
    );
  });
});

test('a container asks for GPUs by request, by CDI device, or by the NVIDIA runtime’s variable', () => {
  const Capabilities = [['gpu']];
  const asks = (DeviceRequests: unknown, Runtime = 'runc', Env: readonly string[] = []): unknown =>
    containerDetails({ HostConfig: { DeviceRequests, Runtime }, Config: { Env } }).gpus;
  assert.deepEqual(asks([{ Driver: '', Count: -1, Capabilities }]), [{ kind: 'all' }]);
  assert.deepEqual(asks([{ Driver: '', Count: 2, DeviceIDs: null, Capabilities }]), [{ kind: 'count', count: 2 }]);
  assert.deepEqual(asks([{ Driver: 'nvidia', DeviceIDs: ['0', '1'], Capabilities }]), [{ kind: 'devices', ids: ['0', '1'] }]);
  assert.deepEqual(asks([{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=0'] }]), [{ kind: 'devices', ids: ['nvidia.com/gpu=0'] }]);
  assert.deepEqual(asks([{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=all'] }]), [{ kind: 'all' }]);
  assert.deepEqual(asks([{ Driver: 'cdi', DeviceIDs: ['vendor.com/fpga=0'] }]), []);
  assert.deepEqual(asks(null, 'nvidia', ['NVIDIA_VISIBLE_DEVICES=GPU-aaa']), [{ kind: 'devices', ids: ['GPU-aaa'] }]);
  assert.deepEqual(asks(null, 'nvidia', ['NVIDIA_VISIBLE_DEVICES=void']), []);
  assert.deepEqual(asks(null, 'runc', ['NVIDIA_VISIBLE_DEVICES=all']), []);
  assert.deepEqual(containerDetails('strange').gpus, []);
});

describe('watching', () => {
  test('nothing is read while nobody looks', async () => {
    const reads: number[] = [];
    const shown: number[] = [];
    const eye = watch(
      () => Promise.resolve(reads.push(0)),
      (value) => shown.push(value),
      () => 5,
    );
    await pause(30);
    assert.deepEqual(reads, []);
    eye.look(true);
    await pause(60);
    assert.ok(reads.length >= 2, `${reads.length} readings`);
    eye.look(false);
    const then = reads.length;
    await pause(40);
    assert.equal(reads.length, then);
    assert.ok(shown.length >= 2);
    eye.dispose();
  });

  test('a reading that comes back after the look is not shown', async () => {
    const shown: number[] = [];
    const eye = watch(
      () => pause(20, 1),
      (value) => shown.push(value),
      () => 5,
    );
    eye.look(true);
    await pause(5);
    eye.look(false);
    await pause(40);
    assert.deepEqual(shown, []);
    eye.dispose();
  });
});
