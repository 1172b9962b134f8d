import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { commands } from '../../../client/commands/index.ts';
import { isFileCommand, isThingCommand, type App } from '../../../client/commands/command.ts';
import type { EngineClient } from '../../../client/engine/engine.ts';
import { readLayer } from '../../../client/engine/read.ts';
import { knowledge } from '../../../src/knowledge/index.ts';
import type { Subject } from '../../../client/views/node.ts';
import type { Ui } from '../../../client/ui.ts';
import { scripted, type Said } from './scripted.ts';
import { container, image } from './things.ts';

const open: App[] = [];
afterEach(() => {
  for (const app of open.splice(0)) app.store.dispose();
});

async function did(
  id: string,
  subjects: readonly Subject[],
  engine: Partial<EngineClient>,
  answers: Partial<Record<keyof Ui, unknown>> = {},
): Promise<Said> {
  const { app, said } = await scripted({}, answers);
  open.push(app);
  const endpoint = { context: 'test', host: 'unix:///test', env: { DOCKER_HOST: 'unix:///test' } };
  const own = { ...app, knowledge, engine: () => Promise.resolve({ endpoint, ...engine } as EngineClient) };
  const command = commands.find((one) => one.id === id);
  assert.ok(command && !isFileCommand(command), id);
  if (isThingCommand(command)) await (command.run as (subjects: readonly Subject[], app: App) => Promise<void>)(subjects, own);
  else await command.run(own);
  return said;
}

const layers = [
  { Size: 0, CreatedBy: 'CMD ["python"]' },
  { Size: 3_000_000_000, CreatedBy: 'RUN /bin/sh -c pip install torch # buildkit' },
  { Size: 1_000_000_000, CreatedBy: '/bin/sh -c #(nop) ADD file:1 in / ' },
];

test('the layers of an image show what makes it big', async () => {
  const [[, name, text] = []] = await did('show-layers', [image({ reference: 'a/b:1' })], {
    history: () => Promise.resolve(layers.map(readLayer)),
  });
  assert.equal(name, 'Layers of a b 1.md');
  assert.match(String(text), /4 GB in 2 layers/);
  assert.match(String(text), /\| 3 GB \| 75 % \| `RUN \/bin\/sh -c pip install torch` \|/);
  assert.match(String(text), /\| 1 GB \| 25 % \| `ADD file:1 in \/ ` \|/);
  assert.match(String(text), /\|  \|  \| `CMD \["python"\]` \|/);
});

test('processes stand in columns', async () => {
  const top = { titles: ['PID', 'CMD'], rows: [['12345', 'python train.py']] };
  const [[, , text] = []] = await did('show-processes', [container({ name: 'train' })], { top: () => Promise.resolve(top) });
  assert.match(String(text), /^PID {4}CMD\n12345 {2}python train\.py\n/);
});

test('a login is typed in, not run, and no password goes through the extension', async () => {
  const ngc = knowledge.registries.find(({ name }) => name === 'NVIDIA NGC');
  const said = await did('log-in', [], {}, { pick: ngc });
  assert.deepEqual(said[1], ['typed', 'Log in to NVIDIA NGC', "docker login nvcr.io -u '$oauthtoken'"]);
});

test('a file is copied out by its whole path', async () => {
  const said = await did('copy-out', [container({ id: 'abc' })], {}, { input: '/app/last.ckpt', choosePath: '/tmp/out' });
  assert.deepEqual((said.at(-1)?.[2] as { args: readonly string[] }).args, ['cp', 'abc:/app/last.ckpt', '/tmp/out']);
  const { problem } = said[0]?.[2] as { problem: (text: string) => string | undefined };
  assert.equal(problem('last.ckpt'), 'Write the whole path, from / on.');
});

test('Compose files are taken out of the YAML extension’s schemas beside what stands there', async () => {
  const setting = 'yaml.disableSchemaDetection';
  const written = (said: Said): unknown => said.find(([name]) => name === 'changeOther')?.[2];
  const said = await did('check-compose-alone', [], {}, { other: '**/x.yaml', changeOther: true });
  const globs = ['**/x.yaml', '**/compose*.yaml', '**/compose*.yml', '**/docker-compose*.yaml', '**/docker-compose*.yml'];
  assert.deepEqual(written(said), globs);
  assert.match(String(said.at(-1)?.[1]), /from ML Containers alone/);
  assert.equal(written(await did('check-compose-alone', [], {}, { other: globs })), undefined);
  const old = await did('check-compose-alone', [], {}, { changeOther: false });
  assert.match(String(old.at(-1)?.[1]), new RegExp(`${setting} is a setting of .* 1\\.24`));
});
