import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { config } from '../../src/compose/config.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { isMap, type Plain } from '../../src/compose/canonical/values.ts';

/** One place of the model that Compose makes of files laid over each other. */
function at(path: string, texts: readonly [string, ...string[]], files: Readonly<Record<string, string>> = {}): unknown {
  const [first, ...rest] = texts;
  const parsed = rest.map((text, index) => parseCompose(`p/${String(index)}.yaml`, text));
  const named: Readonly<Record<string, string>> = Object.fromEntries(parsed.map(({ source }) => [source.path, source.text]));
  const variable = (name: string): string | undefined => (name === 'HOME' ? '/root' : undefined);
  const around = { read: (name: string) => named[name] ?? files[name], variable };
  const { model } = config([parseCompose('p/compose.yaml', first), ...parsed], around, '/w');
  return path.split('.').reduce<Plain | undefined>((node, key) => (isMap(node) ? node[key] : undefined), model);
}

const service = (...lines: readonly string[]): string =>
  `services:\n  api:\n    image: api:1\n${lines.map((line) => `    ${line}\n`).join('')}`;
const key = (name: string, ...lines: readonly string[]): unknown => at(`services.api.${name}`, [service(...lines)]);

describe('the model in its long form', () => {
  test('mounts', () => {
    const source = (mount: string): unknown => key('volumes', `volumes: ["${mount}"]`);
    const bind = { type: 'bind', target: '/x', bind: { create_host_path: true } };
    assert.deepEqual(source('~/data/:/x'), [{ ...bind, source: '/root/data' }]);
    assert.deepEqual(source('./data/:/x'), [{ ...bind, source: '/w/p/data' }]);
    assert.deepEqual(source('/data/:/x/'), [{ ...bind, source: '/data/' }]);
    assert.deepEqual(key('volumes', 'volumes: [{type: volume, target: /x, volume: {nocopy: "false"}}]'), [
      { type: 'volume', target: '/x', volume: {} },
    ]);
    assert.deepEqual(key('volumes', 'volumes: [{type: bind, source: ., target: /x, bind: {create_host_path: false}}]'), [
      { type: 'bind', source: '/w/p', target: '/x', bind: {} },
    ]);
    assert.deepEqual(key('volumes', 'volumes: ["./a:/x", "./b:/x/"]'), [{ ...bind, source: '/w/p/b' }]);
  });

  test('the same port in two forms is there once', () => {
    assert.deepEqual(key('ports', 'ports: ["80:80", "81:81", {target: 80, published: "80"}]'), [
      { mode: 'ingress', target: 80, published: '80', protocol: 'tcp' },
      { mode: 'ingress', target: 81, published: '81', protocol: 'tcp' },
    ]);
    assert.deepEqual(key('ports', 'ports: [{target: 80, published: ""}]'), [{ mode: 'ingress', target: 80, protocol: 'tcp' }]);
    assert.deepEqual(key('ports', 'ports: ["80-80:080"]'), [{ mode: 'ingress', target: 80, published: '80', protocol: 'tcp' }]);
  });

  test("what is false or zero, and keys of one's own inside of a service, are left out", () => {
    assert.equal(key('privileged', 'privileged: false'), undefined);
    assert.equal(key('cpu_shares', 'cpu_shares: 0'), undefined);
    assert.equal(key('init', 'init: false'), false);
    assert.deepEqual(key('healthcheck', 'healthcheck: {x-own: 1}'), {});
    assert.deepEqual(key('labels', 'labels: {x-own: 1}'), { 'x-own': '1' });
  });

  test('watched files, and names and devices that are empty', () => {
    const watch = key('develop', 'develop: {watch: [{path: ., action: rebuild, include: "*.py", ignore: x}]}');
    assert.deepEqual(watch, { watch: [{ action: 'rebuild', path: '/w/p', include: ['*.py'], ignore: ['x'], exec: { command: null } }] });
    const text = `${service('volumes: ["data:/x"]')}volumes:\n  data:\n    name: ""\n    driver: local\n    driver_opts: {o: bind, device: ""}\n`;
    assert.deepEqual(at('volumes.data', [text]), { driver: 'local', driver_opts: { o: 'bind', device: '/w/p' } });
  });

  test('large numbers stay as they are', () => {
    assert.deepEqual(key('environment', 'environment: {MOST: 9223372036854775807}'), { MOST: '9223372036854775807' });
  });

  test('variables of .env without a value in the file, and the folder', () => {
    const env = { 'p/.env': 'TOKEN=#1\nHERE=${PWD}/data # ours\n' };
    const text = service('environment: [TOKEN, HERE]');
    assert.deepEqual(at('services.api.environment', [text], env), { TOKEN: '#1', HERE: '/w/p/data' });
  });

  test('a folder that a volume binds', () => {
    const text = `${service('volumes: [data:/x]')}volumes:\n  data:\n    driver_opts: {type: none, o: bind, device: ./data}\n`;
    assert.deepEqual(at('volumes.data.driver_opts', [text]), { type: 'none', o: 'bind', device: '/w/p/data' });
  });

  test('a service whose profile is an empty text, and the name of the project', () => {
    assert.equal(key('image', 'profiles: [""]'), 'api:1');
    assert.equal(at('name', [`name: Chat App\n${service()}`]), 'chatapp');
  });
});

describe('files laid over each other', () => {
  test('limits are replaced whole', () => {
    const limits = [service('ulimits: {nofile: {soft: 1, hard: 2}, core: 5}'), service('ulimits: {nofile: {soft: 3, hard: 4}}')] as const;
    assert.deepEqual(at('services.api.ulimits', limits), { nofile: { soft: 3, hard: 4 }, core: 5 });
  });

  test('address ranges are laid over those of the same subnet', () => {
    const net = (...ranges: readonly string[]): string =>
      `${service('networks: [net]')}networks:\n  net:\n    ipam:\n      config:\n${ranges.map((range) => `        - {${range}}\n`).join('')}`;
    const files = [net('subnet: 10.0.0.0/24', 'subnet: 10.1.0.0/24'), net('subnet: 10.1.0.0/24, gateway: 10.1.0.9')] as const;
    assert.deepEqual(at('networks.net.ipam', files), { config: [{ subnet: '10.1.0.0/24', gateway: '10.1.0.9' }] });
  });
});
