import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { composeUp } from '../../client/build/composeFlow.ts';
import projectDown from '../../client/commands/project-down.ts';
import projectUp from '../../client/commands/project-up.ts';
import type { App, AnyCommand } from '../../client/commands/command.ts';
import { connectDocker } from '../../client/engine/dockerode.ts';
import type { Container, EngineClient } from '../../client/engine/engine.ts';
import { readEngineGpus } from '../../client/gpu/read.ts';
import { LogSession } from '../../client/logs/session.ts';
import type { TerminalCommand } from '../../client/ui.ts';
import { containersView } from '../../client/views/containers.ts';
import type { Project } from '../../client/views/node.ts';
import { runLines } from '../../client/build/process.ts';
import { ensureEngine, type BedEngine } from '../bed/engine.ts';
import { ensureImages, images } from '../bed/images.ts';
import { scripted } from './scripted.ts';

const found = await ensureEngine(console.error);
const skip = 'unavailable' in found ? found.unavailable : false;

const service = (name: string, more = ''): string =>
  `  ${name}:\n    image: ${images.busybox}\n    init: true\n    command: sleep 60\n    stop_grace_period: 0s\n${more}`;

describe('Compose projects on a real engine', { skip }, () => {
  const engine = found as BedEngine;
  const root = mkdtempSync(join(tmpdir(), 'ml-containers-compose-'));
  const path = process.env['PATH'];
  const env = Object.fromEntries(['DOCKER_HOST', 'DOCKER_CONFIG', 'PATH'].map((key) => [key, engine.env[key] ?? '']));
  let client: EngineClient;
  const projects = ['gpuproject', 'formproject', 'twofiles'];

  before(async () => {
    assert.equal(await ensureImages(engine, console.error), undefined);
    process.env['PATH'] = env['PATH'];
    client = await connectDocker({ context: 'bed', host: engine.host, env });
  });
  after(async () => {
    for (const name of projects) await engine.docker(['compose', '-p', name, 'down', '-t', '0']);
    process.env['PATH'] = path;
    client.close();
    rmSync(root, { recursive: true, force: true });
  });

  const inFolder = (name: string, files: Readonly<Record<string, string>>): ((file: string) => string) => {
    mkdirSync(join(root, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, name, file), text);
    return (file) => join(root, name, file);
  };
  const up = async (paths: readonly string[], answers: string[]) => {
    const { ui, said, lines } = scripted(root, answers);
    const session = new LogSession({ log: 1, title: 'up', capacity: 1000 });
    const kept = new Map<string, unknown>();
    let followed: string | undefined;
    await composeUp(paths, {
      ui,
      engine: client,
      memory: { get: (key) => kept.get(key), set: (key, value) => (kept.set(key, value), Promise.resolve()) },
      gpus: () => readEngineGpus(client, AbortSignal.timeout(5000)),
      openLog: () => session,
      follow: (project) => (followed = project),
    });
    session.close();
    return { said, line: lines.at(-1), followed };
  };
  const running = async (project: string): Promise<readonly Container[]> =>
    (await client.containers()).filter((one) => one.project === project && one.state === 'running');
  const services = async (project: string): Promise<readonly string[]> =>
    (await running(project)).map(({ service: name = '' }) => name).sort();

  /** Runs a command on a project of the tree, as a click does; its terminal is a process here. */
  const onProject = async (one: AnyCommand, name: string): Promise<string> => {
    const containers = await client.containers();
    const node = containersView({ containers, busy: new Set() }).find(({ id }) => id === `project/${name}`);
    const started: TerminalCommand[] = [];
    const ui = { confirm: () => Promise.resolve(true), terminal: (_: string, command: TerminalCommand) => started.push(command) };
    const run = one.run as (subjects: readonly Project[], app: App) => Promise<void>;
    await run([node?.subject as Project], { ui, engine: () => Promise.resolve(client) } as unknown as App);
    const [command] = started;
    assert.ok(command);
    const exit = await runLines(command, { cwd: command.cwd ?? root, env }, () => undefined, new AbortController().signal);
    assert.deepEqual(exit, { kind: 'ended', code: 0 });
    return command.args.join(' ');
  };

  test('GPUs are given by an override file', { skip: 'own' in found && found.own ? false : 'the engine has no GPU stand-in' }, async () => {
    const at = inFolder('gpu', { 'compose.yaml': `name: gpuproject\nservices:\n${service('train')}${service('db')}` });
    const { said, line, followed } = await up([at('compose.yaml')], ['GPUs', 'GPU 1', 'train', 'Up']);
    assert.deepEqual(said, []);
    assert.equal(followed, 'gpuproject');
    assert.equal(line, 'docker compose --file compose.yaml --file compose.gpu.yaml up --detach');
    const train = (await running('gpuproject')).find(({ service: name }) => name === 'train');
    assert.ok(train);
    const details = await client.details(train.id);
    assert.deepEqual(details.gpus, [{ kind: 'devices', ids: ['1'] }]);
    assert.equal(details.shm, 8 * 1024 ** 3);
  });

  test('a profile and two environment files: up, down and up again from the tree know them', async () => {
    const at = inFolder('form', {
      'compose.yaml': `name: formproject\nservices:\n${service('api', '    environment: ["A=${A}", "B=${B}"]\n')}${service('train', '    profiles: [gpu]\n')}${service('debug', '    profiles: [debug]\n')}`,
      'base.env': 'A=1\nB=1\n',
      'own.env': 'B=2\n',
      '.env.example': 'A=\n',
    });
    const answers = ['Environment files, the later ones win', 'base.env,own.env', 'Profiles', 'gpu', 'Up'];
    const { said, line, followed } = await up([at('compose.yaml')], answers);
    assert.deepEqual(said, []);
    assert.equal(line, 'docker compose --file compose.yaml --env-file base.env --env-file own.env --profile gpu up --detach');
    assert.equal(followed, 'formproject');
    assert.deepEqual(await services('formproject'), ['api', 'train']);
    const api = (await running('formproject')).find(({ service: name }) => name === 'api');
    const { Config } = (await client.inspect('container', api?.id ?? '')) as { Config: { Env: readonly string[] } };
    assert.deepEqual(Config.Env.filter((one) => /^[AB]=/.test(one)).sort(), ['A=1', 'B=2']);

    const again = await onProject(projectUp, 'formproject');
    assert.match(again, /--env-file \S+base\.env --env-file \S+own\.env --profile gpu up --detach$/);
    assert.deepEqual(await services('formproject'), ['api', 'train']);
    await onProject(projectDown, 'formproject');
    assert.deepEqual(
      (await client.containers()).filter(({ project }) => project === 'formproject'),
      [],
    );
  });

  test('two files are one project, the usual one first; a service that is named has its profile on', async () => {
    const at = inFolder('two', {
      'compose.yaml': `name: twofiles\nservices:\n${service('api')}`,
      'extra.yaml': `services:\n${service('train', '    profiles: [gpu]\n')}`,
    });
    const { line } = await up([at('extra.yaml'), at('compose.yaml')], ['Services', 'train', 'Up']);
    assert.equal(line, 'docker compose --file compose.yaml --file extra.yaml --profile gpu up --detach train');
    assert.deepEqual(await services('twofiles'), ['train']);
  });

  test('what does not start is said with its reason', async () => {
    const at = inFolder('bad', {
      'compose.yaml': 'name: formproject\nservices:\n  api:\n    image: no-such-image:never\n    pull_policy: never\n',
    });
    const { said, followed } = await up([at('compose.yaml')], ['Up']);
    assert.equal(followed, undefined);
    assert.match(said.join(' '), /did not start.*no-such-image/is);
  });
});
