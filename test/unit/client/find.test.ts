import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Contexts } from '../../../client/engine/contexts.ts';
import { currentContext, endpointOf, findContexts, type Surroundings } from '../../../client/engine/find.ts';
import { sshArgs } from '../../../client/engine/sshAgent.ts';

const home = mkdtempSync(join(tmpdir(), 'ml-containers-contexts-'));
const folder = join(home, '.docker');
after(() => {
  rmSync(home, { recursive: true });
});
const around = (env: Surroundings['env'] = {}): Surroundings => ({ env, home, platform: 'linux', uid: 99_999 });

function store(name: string, docker: object): void {
  const meta = join(folder, 'contexts/meta', name);
  mkdirSync(meta, { recursive: true });
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Metadata: { Description: `the ${name}` }, Endpoints: { docker } }));
}

test('contexts are those of the docker command line, with the default one first', () => {
  store('gpu-box', { Host: 'ssh://ann@gpu-box:2222' });
  store('farm', { Host: 'tcp://10.0.0.7:2376', SkipTLSVerify: false });
  mkdirSync(join(folder, 'contexts/meta/broken'), { recursive: true });
  writeFileSync(join(folder, 'contexts/meta/broken/meta.json'), '{ half');
  const found = findContexts(around());
  assert.deepEqual(
    found.map(({ name }) => name).filter((name) => !name.startsWith('podman')),
    ['default', 'farm', 'gpu-box'],
  );
  assert.equal(found.find(({ name }) => name === 'gpu-box')?.description, 'the gpu-box');
});

test('which is current follows DOCKER_HOST, DOCKER_CONTEXT and the settings file, in this order', () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.json'), '{"currentContext":"farm"}');
  assert.equal(currentContext(around()), 'farm');
  assert.equal(currentContext(around({ DOCKER_CONTEXT: 'gpu-box' })), 'gpu-box');
  assert.equal(currentContext(around({ DOCKER_CONTEXT: 'gpu-box', DOCKER_HOST: 'tcp://1.2.3.4:2375' })), 'default');
  assert.equal(endpointOf('default', around({ DOCKER_HOST: 'tcp://1.2.3.4:2375' })).host, 'tcp://1.2.3.4:2375');
  assert.throws(() => endpointOf('gone', around()), /no Docker context "gone"/);
});

test('what the docker command line is started with reaches the same engine', () => {
  assert.deepEqual(endpointOf('gpu-box', around()).env, { DOCKER_CONTEXT: 'gpu-box', DOCKER_HOST: '' });
  const { env } = endpointOf('default', around({ DOCKER_HOST: 'unix:///x.sock' }));
  assert.deepEqual(env, { DOCKER_HOST: 'unix:///x.sock', DOCKER_CONTEXT: '' });
});

test('a choice holds while it exists; without one the command line is followed as it changes', async () => {
  const contexts = new Contexts(undefined, around());
  let told = 0;
  contexts.listen(() => told++);
  assert.equal(contexts.endpoint().context, 'farm');
  writeFileSync(join(folder, 'config.json'), '{"currentContext":"gpu-box"}');
  for (let wait = 0; wait < 40 && !told; wait++) await pause(50);
  assert.equal(told, 1);
  assert.equal(contexts.current, 'gpu-box');
  contexts.choose('farm');
  assert.equal(contexts.current, 'farm');
  assert.equal(contexts.chosen, 'farm');
  contexts.choose('gpu-box');
  assert.equal(contexts.chosen, undefined);
  contexts.dispose();
  assert.equal(new Contexts('deleted', around()).current, 'gpu-box');
});

test('ssh is started with what the address says, and a host cannot be an option', () => {
  assert.deepEqual(sshArgs('ssh://ann@gpu-box:2222').slice(-9), [
    '-l',
    'ann',
    '-p',
    '2222',
    '--',
    'gpu-box',
    'docker',
    'system',
    'dial-stdio',
  ]);
  const args = sshArgs('ssh://-oProxyCommand=x');
  assert.equal(args.indexOf('--') < args.findIndex((arg) => /proxycommand/i.test(arg)), true);
});
