import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { commands } from '../../../client/commands/index.ts';
import { isFileCommand, isThingCommand, type App } from '../../../client/commands/command.ts';
import { EngineError } from '../../../client/engine/failure.ts';
import { each } from '../../../client/commands/shared/each.ts';
import { filtered } from '../../../client/views/filter.ts';
import { containersView } from '../../../client/views/containers.ts';
import type { Subject } from '../../../client/views/node.ts';
import type { Ui } from '../../../client/ui.ts';
import { scripted, type Has, type Said } from './scripted.ts';
import { container, image, volume } from './things.ts';

const open: App[] = [];
afterEach(() => {
  for (const app of open.splice(0)) app.store.dispose();
});

/** Runs a command and answers what it asked and did; sentences to the person are left out where a test does not look at them. */
async function did(id: string, subjects: readonly Subject[], has: Has, answers: Partial<Record<keyof Ui, unknown>> = {}): Promise<Said> {
  const command = commands.find((one) => one.id === id);
  assert.ok(command && !isFileCommand(command), id);
  const { app, said } = await scripted(has, answers);
  open.push(app);
  if (isThingCommand(command)) await (command.run as (subjects: readonly Subject[], app: App) => Promise<void>)(subjects, app);
  else await command.run(app);
  return said;
}
const words = (said: Said): readonly string[] => said.map(([name]) => name);

const a = container({ id: 'a', name: 'a' });
const b = container({ id: 'b', name: 'b', state: 'exited', exitCode: 0 });

test('remove asks once for many, and says what runs; no changes nothing', async () => {
  const refused = await did('remove-container', [a, b], { containers: [a, b] }, { confirm: false });
  assert.deepEqual(words(refused), ['confirm']);
  assert.match(JSON.stringify(refused[0]), /Remove a, b\?.*Stop and Remove All.*a is running/);
  const sure = await did('remove-container', [a, b], { containers: [a, b] }, { confirm: true });
  assert.deepEqual(sure.slice(1), [
    ['removeContainer', 'a', { force: true, volumes: true }],
    ['removeContainer', 'b', { force: true, volumes: true }],
  ]);
});

test('on a project, stop stops what runs and start starts what does not', async () => {
  const project: Subject = { kind: 'project', id: 'p', name: 'p', containers: [a, b] };
  assert.deepEqual(await did('stop', [project], {}), [['stop', 'a']]);
  assert.deepEqual(await did('start', [project, b], {}), [['start', 'b']]);
});

test('what a command is at work on is left alone by the next', async () => {
  const { app, said } = await scripted({ containers: [a] });
  open.push(app);
  const stop = commands.find(({ id }) => id === 'stop');
  assert.ok(stop && isThingCommand(stop));
  const run = stop.run as (subjects: readonly Subject[], app: App) => Promise<void>;
  await Promise.all([run([a], app), run([a], app)]);
  assert.deepEqual(said, [['stop', 'a']]);
  assert.equal(app.store.snapshot.busy.size, 0);
});

test('removing one name of an image removes that name only, and says so', async () => {
  const images = [image({ reference: 'm:1' }), image({ reference: 'm:latest' })];
  const said = await did('remove-image', images.slice(0, 1), { images }, { confirm: true });
  assert.match(JSON.stringify(said[0]), /only this name goes/);
  assert.deepEqual(said[1], ['removeImage', 'm:1', { force: false }]);
});

test('a volume in use is not removed, and the person learns by what', async () => {
  const user = container({ name: 'db', mounts: [{ type: 'volume', name: 'data', source: '', target: '/d', readOnly: false }] });
  const said = await did('remove-volume', [volume('data')], { volumes: [volume('data')], containers: [user] });
  assert.deepEqual(words(said), ['warn']);
  assert.match(JSON.stringify(said), /db uses it/);
});

test('pruning volumes names what is lost before it asks, and says what was freed', async () => {
  const said = await did('prune-volumes', [], { volumes: [volume('models')] }, { confirm: true });
  assert.match(JSON.stringify(said[0]), /deletes the data in models/);
  assert.deepEqual(said[1], ['prune', 'volume', { all: true }]);
  assert.match(JSON.stringify(said[2]), /2 volumes removed, 1 kB freed/);
});

test('a shell in a stopped container offers to start it first', async () => {
  assert.deepEqual(words(await did('open-shell', [b], { containers: [b] }, { confirm: false })), ['confirm']);
  const said = await did('open-shell', [b], { containers: [b] }, { confirm: true });
  assert.deepEqual(words(said), ['confirm', 'start', 'terminal']);
  assert.match(JSON.stringify(said[2]), /exec.*-it.*bash.*DOCKER_HOST/);
});

test('the browser opens a single port at once and asks among several', async () => {
  const port = (inner: number, host: number, protocol = 'tcp') => ({ container: inner, protocol, host, address: '0.0.0.0' });
  const one = container({ ports: [port(8888, 18888), port(53, 53, 'udp')] });
  assert.deepEqual(await did('open-in-browser', [one], {}), [['browse', 'http://localhost:18888/']]);
  const two = container({ ports: [port(9000, 9000), port(443, 8443)] });
  const chosen = (_title: string, choices: readonly { readonly value: unknown }[]): unknown => choices[0]?.value;
  assert.deepEqual((await did('open-in-browser', [two], {}, { pick: chosen }))[1], ['browse', 'https://localhost:8443/']);
});

test('one that fails does not keep the others from it, and is named', async () => {
  const tried: string[] = [];
  const work = ({ id }: { readonly id: string }): Promise<void> => {
    tried.push(id);
    return id === 'a' ? Promise.reject(new EngineError('conflict', 'in use')) : Promise.resolve();
  };
  await assert.rejects(each([a, b], work), /1 of 2 failed. a: in use/);
  assert.deepEqual(tried, ['a', 'b']);
});

test('a filter keeps what has all its words, and a project with it', async () => {
  const { app } = await scripted({});
  open.push(app);
  await app.choices.setFilter('containers', '  api ');
  assert.equal(app.choices.filter('containers'), 'api');
  const of = (name: string, service: string) => container({ id: name, name, project: 'platform', service });
  const view = containersView({ containers: [of('p-api-1', 'api'), of('p-db-1', 'db'), container({ id: 'x' })], busy: new Set() });
  const shown = filtered(view, 'api platform');
  assert.deepEqual([shown.length, shown[0]?.children?.map(({ label }) => label)], [1, ['api']]);
  assert.equal(filtered(view, '').length, 2);
  assert.equal(filtered(view, 'nothing such').length, 0);
});
