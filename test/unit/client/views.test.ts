import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerDetails } from '../../../client/engine/details.ts';
import { containerDetails } from '../../../client/engine/details.ts';
import type { Container } from '../../../client/engine/engine.ts';
import { readContainer, readImage } from '../../../client/engine/read.ts';
import { published, webAddress } from '../../../client/views/address.ts';
import { containerNode, containersView } from '../../../client/views/containers.ts';
import { explainFailure } from '../../../client/views/failure.ts';
import { imagesView } from '../../../client/views/images.ts';
import { networksView } from '../../../client/views/networks.ts';
import { volumesView } from '../../../client/views/volumes.ts';
import { ago, bytes } from '../../../client/views/words.ts';
import { container, image, network, volume } from './things.ts';

const busy = new Set<string>();
const details = (part: object): ContainerDetails => ({ ...containerDetails({}), ...part });

describe('containers', () => {
  test('those of a project are under it, by service; the others come after, by name', () => {
    const of = (id: string, name: string, service?: string): Container =>
      container({ id, name, ...(service !== undefined && { project: 'platform', service }) });
    const view = containersView({
      containers: [of('1', 'zoo'), of('2', 'p-db-1', 'db'), of('3', 'p-api-1', 'api'), of('4', 'alone')],
      busy,
    });
    assert.deepEqual(
      view.map(({ label, children }) => [label, ...(label === 'platform' ? (children ?? []).map((child) => child.label) : [])]),
      [['platform', 'api', 'db'], ['alone'], ['zoo']],
    );
    assert.equal(view[0]?.description, '2 of 2 running');
  });

  test('the id says nothing of the state, so that a row keeps its place and expansion', () => {
    const ids = (['running', 'exited', 'paused'] as const).map((state) => containerNode(container({ state })).id);
    assert.equal(new Set(ids).size, 1);
  });

  test('icons and words tell state, health and how it ended', () => {
    const shown = (part: Partial<Container>): readonly (string | undefined)[] => {
      const { icon, description } = containerNode(container(part));
      return [icon?.name, description];
    };
    assert.deepEqual(shown({}), ['play-circle', 'torch:2.7']);
    assert.deepEqual(shown({ health: 'healthy' }), ['pass-filled', 'torch:2.7']);
    assert.deepEqual(shown({ health: 'starting' }), ['pulse', 'health check starting · torch:2.7']);
    assert.deepEqual(shown({ health: 'unhealthy' }), ['warning', 'unhealthy · torch:2.7']);
    assert.deepEqual(shown({ state: 'exited', exitCode: 0 }), ['stop-circle', 'exited · torch:2.7']);
    assert.deepEqual(shown({ state: 'exited', exitCode: 3 }), ['error', 'exited with 3 · torch:2.7']);
    assert.deepEqual(shown({ state: 'exited', exitCode: 137, details: details({ oomKilled: true }) }), [
      'error',
      'out of memory · torch:2.7',
    ]);
    assert.deepEqual(shown({ details: details({ gpus: [{ kind: 'devices', ids: ['nvidia.com/gpu=0', '1'] }] }) }), [
      'play-circle',
      'GPU 0, 1 · torch:2.7',
    ]);
  });

  test('the last health probe is in the tooltip', () => {
    const probed = container({ health: 'unhealthy', details: details({ healthLog: [{ exitCode: 7, output: 'connection refused' }] }) });
    assert.match(containerNode(probed).tooltip ?? '', /ended with 7[^]*connection refused/);
  });

  test('every row has words for a screen reader', () => {
    assert.equal(containerNode(container({ state: 'exited', exitCode: 3 })).spoken, 'Container trainer, exited with 3, image torch:2.7');
  });
});

describe('what the engine sent', () => {
  test('an odd record costs itself only', () => {
    const rows = [
      {
        Id: 'a'.repeat(64),
        Names: null,
        State: 'brandnew',
        Status: 'Up 2 hours',
        Created: 'yesterday',
        Ports: [null, { Type: 'tcp' }, 7],
        Mounts: [{ Type: 'wormhole', Destination: '/x' }, 3],
      },
      null,
      'x',
      {},
    ];
    const [read, ...others] = rows.flatMap(readContainer);
    assert.deepEqual(others, []);
    assert.deepEqual([read?.name, read?.state, read?.ports, read?.created], ['aaaaaaaaaaaa', 'running', [], 0]);
    assert.deepEqual(read?.mounts, [{ type: 'wormhole', source: '', target: '/x', readOnly: false }]);
  });

  test('of several names the one without a slash is its own', () => {
    assert.equal(readContainer({ Id: 'x', Names: ['/web/db', '/db,1'] })[0]?.name, 'db,1');
  });

  test('IPv6 bindings and ranges are read, and each port is offered once', () => {
    const Ports = [
      { PrivatePort: 8888, PublicPort: 18888, Type: 'tcp', IP: '0.0.0.0' },
      { PrivatePort: 8888, PublicPort: 18888, Type: 'tcp', IP: '::' },
      { PrivatePort: 53, PublicPort: 53, Type: 'udp', IP: '0.0.0.0' },
      { PrivatePort: 80, PublicPort: 8080, Type: 'tcp', IP: '::1' },
      { PrivatePort: 9999, Type: 'tcp' },
    ];
    const [read] = readContainer({ Id: 'x', Ports });
    assert.deepEqual(published({ ports: read?.ports ?? [] }), [
      { container: 80, host: 8080, address: '::1' },
      { container: 8888, host: 18888, address: '0.0.0.0' },
    ]);
  });

  test('an image is one row for each of its names; one without a name is by its id', () => {
    assert.deepEqual(
      readImage({ Id: 'sha256:1', RepoTags: ['a:1', 'b:2'] }).map(({ reference }) => reference),
      ['a:1', 'b:2'],
    );
    assert.deepEqual(readImage({ Id: 'sha256:1', RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'] })[0]?.reference, undefined);
    assert.equal(readImage({ Id: 'sha256:1', RepoTags: null, RepoDigests: ['a@sha256:2'] })[0]?.reference, 'a@sha256:2');
  });
});

test('the address of a port is seen from here', () => {
  const at = (address: string, engine = 'unix:///x', port = 80): string => webAddress({ container: port, host: 8080, address }, engine);
  assert.equal(at('0.0.0.0'), 'http://localhost:8080/');
  assert.equal(at('::'), 'http://localhost:8080/');
  assert.equal(at('fd00::7'), 'http://[fd00::7]:8080/');
  assert.equal(at('192.168.1.5'), 'http://192.168.1.5:8080/');
  assert.equal(at('0.0.0.0', 'ssh://ann@gpu-box:22'), 'http://gpu-box:8080/');
  assert.equal(at('0.0.0.0', 'tcp://[fd00::1]:2376'), 'http://[fd00::1]:8080/');
  assert.equal(at('', 'unix:///x', 443), 'https://localhost:8080/');
});

test('images without a name are shown when asked for, last; what uses an image is said', () => {
  const images = [image({ id: 'sha256:9' }), image({ reference: 'torch:2.7' })];
  const labels = (dangling: boolean): readonly string[] =>
    imagesView({ images, containers: [container({})], busy }, { dangling }).map(({ label }) => label);
  assert.deepEqual(labels(false), ['torch:2.7']);
  assert.deepEqual(labels(true), ['torch:2.7', '9']);
  assert.equal(imagesView({ images, containers: [], busy }, { dangling: false })[0]?.description, '4.3 GB');
});

test('volumes and networks say who uses them', () => {
  const user = container({
    mounts: [{ type: 'volume', name: 'data', source: '', target: '/data', readOnly: false }],
    networks: [{ network: 'own', address: '10.0.0.2' }],
  });
  assert.deepEqual(
    volumesView({ volumes: [volume('data'), volume('old')], containers: [user], busy }).map(({ label, description }) => [
      label,
      description,
    ]),
    [
      ['data', ''],
      ['old', 'unused'],
    ],
  );
  const [own, bridge] = networksView({ networks: [network('bridge'), network('own')], containers: [user], busy });
  assert.deepEqual([own?.label, own?.children?.length, bridge?.label], ['own', 1, 'bridge']);
});

test('a failed connection says what is wrong and what to do', () => {
  const endpoint = { context: 'default', host: 'unix:///var/run/docker.sock', env: {} };
  const denied = explainFailure({ state: 'failed', reason: 'denied', message: 'connect EACCES', endpoint }, 'linux');
  assert.match(denied.sentence, /connect EACCES[^]*docker group/);
  assert.deepEqual(denied.cures[0], { kind: 'type', title: 'Join the docker Group…', line: 'sudo usermod -aG docker "$USER"' });
  const away = explainFailure({ state: 'failed', reason: 'unreachable', message: 'connect ENOENT', endpoint }, 'linux');
  assert.match(away.sentence, /ENOENT/);
  assert.ok(away.cures.some((cure) => cure.kind === 'command' && cure.command === 'refresh'));
});

test('sizes and times in words', () => {
  assert.deepEqual([0, 999, 1500, 4_300_000_000, 20_000_000_000].map(bytes), ['0 B', '999 B', '1.5 kB', '4.3 GB', '20 GB']);
  assert.deepEqual(
    [5000, 60_000, 7_200_000, 86_400_000 * 3].map((age) => ago(0, age)),
    ['5 seconds ago', '1 minute ago', '2 hours ago', '3 days ago'],
  );
});
