import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { accepts, isThingCommand, whenClause } from '../../../client/commands/command.ts';
import { commands } from '../../../client/commands/index.ts';
import { containerStates } from '../../../client/engine/engine.ts';
import { contextValue, type Subject } from '../../../client/views/node.ts';
import { container, image, network, volume } from './things.ts';

const containers = containerStates.flatMap((state) => [
  container({ state }),
  container({ state, project: 'platform' }),
  container({ state, ports: [{ container: 80, protocol: 'tcp', host: 8080 }] }),
]);
const subjects: readonly Subject[] = [
  ...containers,
  ...containers.map((one): Subject => ({ kind: 'project', id: 'p', name: 'p', containers: [one] })),
  { kind: 'project', id: 'p', name: 'p', containers },
  image({ reference: 'a:b' }),
  image({}),
  volume('data'),
  network('bridge'),
  network('own'),
  { kind: 'context', id: 'default', host: 'unix:///x', description: '', current: true },
  { kind: 'context', id: 'far', host: 'ssh://x', description: '', current: false, problem: 'gone' },
  { kind: 'port', id: 'x', container: container({}), port: 80, host: 8080, address: '' },
  { kind: 'fact', id: 'x', value: 'y' },
  { kind: 'gpu', id: 'GPU-1', name: 'H200' },
];

test('menus show a command exactly where the command takes the thing', () => {
  for (const command of commands.filter(isThingCommand)) {
    const pattern = new RegExp(/viewItem =~ \/(.*)\/$/.exec(whenClause(command))?.[1] ?? '(?!)');
    for (const subject of subjects)
      assert.equal(pattern.test(contextValue(subject)), accepts(command, subject), `${command.id} on ${contextValue(subject)}`);
  }
});

test('every thing command takes some thing, and every command file is named after its command', () => {
  for (const command of commands.filter(isThingCommand))
    assert.ok(
      subjects.some((subject) => accepts(command, subject)),
      command.id,
    );
  const files = readdirSync('client/commands').filter((name) => !['command.ts', 'index.ts', 'shared'].includes(name));
  assert.deepEqual(commands.map(({ id }) => `${id}.ts`).sort(), files.sort());
});

test('no two commands have the same title in the palette', () => {
  const titles = commands.filter(({ on }) => !('hidden' in on && on.hidden)).map(({ title }) => title);
  assert.deepEqual(
    titles.filter((title, at) => titles.indexOf(title) !== at),
    [],
  );
});
