import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { buildFlow, type BuildSurroundings } from '../../client/build/flow.ts';
import { runLines } from '../../client/build/process.ts';
import { runFlow } from '../../client/build/runFlow.ts';
import type { BuildProblem } from '../../client/build/problems.ts';
import { connectDocker } from '../../client/engine/dockerode.ts';
import type { EngineClient } from '../../client/engine/engine.ts';
import { gpuUses } from '../../client/gpu/holders.ts';
import { gpuContainers, readEngineGpus } from '../../client/gpu/read.ts';
import { LogSession } from '../../client/logs/session.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import { source, slice } from '../../src/text/text.ts';
import { ensureEngine, type BedEngine } from '../bed/engine.ts';
import { ensureImages, images } from '../bed/images.ts';
import { scripted } from './scripted.ts';

const found = await ensureEngine(console.error);
const skip = 'unavailable' in found ? found.unavailable : false;

describe('build and run on a real engine', { skip }, () => {
  const engine = found as BedEngine;
  const folder = mkdtempSync(join(tmpdir(), 'ml-containers-build-'));
  // The bed's programs: its docker, and its nvidia-smi at the boundary.
  const path = process.env['PATH'];
  const env = Object.fromEntries(['DOCKER_HOST', 'DOCKER_CONFIG', 'PATH'].map((key) => [key, engine.env[key] ?? '']));
  let client: EngineClient;

  before(async () => {
    assert.equal(await ensureImages(engine, console.error), undefined);
    process.env['PATH'] = env['PATH'];
    client = await connectDocker({ context: 'bed', host: engine.host, env });
  });
  after(() => {
    process.env['PATH'] = path;
    client.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let count = 0;
  const build = async (text: string, answers: string[] = ['Build'], during?: (cancel: () => void) => void) => {
    const own = join(folder, String(++count));
    mkdirSync(own);
    const file = join(own, 'Dockerfile');
    writeFileSync(file, text);
    const kept = new Map<string, unknown>();
    const problems: BuildProblem[][] = [];
    const { ui, said, lines, cancelled } = scripted(own, answers);
    const session = new LogSession({ log: 1, title: 'b', capacity: 1000 });
    const around: BuildSurroundings = {
      ui,
      env,
      errors: knowledge.errors,
      memory: { get: (key) => kept.get(key), set: (key, value) => (kept.set(key, value), Promise.resolve()) },
      problems: { set: (_, next) => problems.push([...next]) },
      openLog: () => session,
    };
    during?.(() => {
      cancelled.abort();
    });
    const tag = await buildFlow(file, undefined, around);
    session.flush();
    const log = [...session.lines.from(0)].map(({ text: line }) => line);
    session.close();
    const [problem] = problems.at(-1) ?? [];
    return { tag, problems, problem, at: problem && slice(source(file, text), problem.span), said, lines, log };
  };

  test('a failing RUN is an error on all of its lines, with what it printed at last and why', async () => {
    const run = 'RUN echo start && \\\n    # a comment\n    echo "ModuleNotFoundError: No module named \'psycopg2\'" >&2 && \\\n    exit 7';
    const { tag, problem, at, problems, log } = await build(`FROM ${images.busybox} AS base\nRUN true\n\nFROM base\n${run}\nCMD ["sh"]\n`);
    assert.equal(tag, undefined);
    assert.equal(at, run);
    assert.equal(problem?.severity, 'error');
    assert.match(problem.message, /^This command ended with exit code 7: ModuleNotFoundError: No module named 'psycopg2'/);
    assert.match(problem.message, /psycopg2-binary|libpq/, 'the explanation is there');
    assert.deepEqual(problems[0], [], 'what an earlier build found goes when the next begins');
    assert.ok(log.some((line) => line.includes('start')));
  });

  test('heredoc, ONBUILD, COPY, --from and unknown instructions have their lines as well', async () => {
    const heredoc = 'RUN <<EOF\necho one\nexit 3\nEOF';
    assert.equal((await build(`FROM ${images.busybox}\n${heredoc}\n`)).at, heredoc);
    await engine.must(['build', '-q', '-t', 'trigger-test:local', '-'], { input: `FROM ${images.busybox}\nONBUILD RUN exit 4\n` });
    assert.equal((await build(`ARG X=1\nFROM trigger-test:local\nRUN true\n`)).at, 'FROM trigger-test:local');
    await engine.docker(['image', 'rm', 'trigger-test:local']);
    assert.equal((await build(`FROM ${images.busybox}\nRUN true\n\nCOPY nothing.txt /x\n`)).at, 'COPY nothing.txt /x');
    assert.equal((await build(`FROM ${images.busybox}\nRUN true\nCOPY --from=2 /a /b\n`)).at, 'COPY --from=2 /a /b');
    assert.equal((await build(`FROM ${images.busybox}\nFOO bar\n`)).at, 'FOO bar');
  });

  test('a good build clears the errors, names the image, and tells BuildKit’s own warnings', async () => {
    const { tag, problem, at, lines, said } = await build(`FROM ${images.busybox} as base\nRUN echo fine\n`, [
      'Name and tag',
      'built-here:test',
      'Build',
    ]);
    assert.equal(tag, 'built-here:test');
    assert.equal(problem?.severity, 'warning');
    assert.equal(problem.code?.value, 'FromAsCasing');
    assert.equal(at?.startsWith('FROM'), true);
    assert.equal(lines.at(-1), 'docker build --tag built-here:test .', 'the command line that runs was shown');
    assert.deepEqual(said, []);
    assert.match(await engine.must(['image', 'ls', '-q', 'built-here:test']), /^[0-9a-f]{12}$/);
    await engine.docker(['image', 'rm', 'built-here:test']);
    const skipped = await build(`# check=skip=FromAsCasing\nFROM ${images.busybox} as base\n`);
    assert.deepEqual(skipped.problems.at(-1), []);
    await engine.docker(['image', 'rm', skipped.tag ?? '']);
  });

  test('the command line can be copied instead of run', async () => {
    const { tag, said } = await build(`FROM ${images.busybox}\n`, ['Copy this command line']);
    assert.equal(tag, undefined);
    assert.match(said[0] ?? '', /^copied docker build --tag \S+ \.$/);
  });

  test('an argument without a default is asked for', async () => {
    const model = `llama-${Date.now()}`;
    const { tag, log } = await build(`FROM ${images.busybox}\nARG MODEL\nRUN echo "model is $MODEL"\n`, ['Build', model]);
    assert.ok(tag);
    assert.ok(log.includes(`model is ${model}`), log.join('\n'));
    await engine.docker(['image', 'rm', tag]);
  });

  test('cancelling ends the build within seconds and leaves no process', async () => {
    let asked = 0;
    const { tag, problems } = await build(`FROM ${images.busybox}\nRUN sleep 987\n`, ['Build'], (cancel) => {
      setTimeout(() => {
        asked = performance.now();
        cancel();
      }, 1500);
    });
    assert.ok(asked > 0 && performance.now() - asked < 6000, `${performance.now() - asked} ms`);
    assert.equal(tag, undefined);
    assert.deepEqual(problems.at(-1), []);
    await pause(500);
    const left: string[] = [];
    await runLines({ program: 'ps', args: ['ax', '-o', 'args'] }, { cwd: folder }, (line) => left.push(line), new AbortController().signal);
    assert.deepEqual(
      left.filter((line) => /^docker(-buildx)? .*987|^sleep 987/.test(line) || line.includes(`${folder}/`)),
      [],
    );
  });

  test('a program that is not there is told in a sentence', async () => {
    const exit = await runLines({ program: 'no-such-docker', args: [] }, { cwd: folder }, () => undefined, new AbortController().signal);
    assert.equal(exit.kind, 'failed');
    assert.match(exit.message, /no-such-docker.*not found.*PATH/);
  });

  describe('with GPUs', { skip: 'own' in found && found.own ? false : "the machine's own engine has no GPU boundary of ours" }, () => {
    const run = async (answers: string[]) => {
      const { ui, said, lines } = scripted(folder, answers);
      let id = '';
      await runFlow(images.busybox, {
        ui,
        engine: client,
        errors: knowledge.errors,
        memory: { get: () => undefined, set: () => Promise.resolve() },
        gpus: () => readEngineGpus(client, AbortSignal.timeout(5000)),
        follow: (container) => (id = container.id),
      });
      const inspected = id
        ? ((await client.inspect('container', id)) as { HostConfig: { DeviceRequests: unknown; ShmSize: number } })
        : undefined;
      if (id) await engine.docker(['rm', '-f', id]);
      return { said, line: lines.at(-1), host: inspected?.HostConfig };
    };

    test('a run asks the engine for exactly the chosen ones', async () => {
      const { host, line } = await run(['GPUs', 'Choose by index…', 'GPU 0,GPU 1', 'Ask for them by', 'Command', 'sleep 30', 'Run']);
      const cdi = line?.includes('--device') ?? false;
      assert.match(line ?? '', /--shm-size 8g/);
      assert.equal(host?.ShmSize, 8 * 1024 ** 3);
      assert.deepEqual(
        (host.DeviceRequests as { DeviceIDs: string[] }[]).flatMap(({ DeviceIDs }) => DeviceIDs),
        cdi ? ['nvidia.com/gpu=0', 'nvidia.com/gpu=1'] : ['0', '1'],
      );
      const other = await run(['GPUs', 'GPU 1', 'Command', 'sleep 30', 'Run']);
      assert.notEqual(other.line?.includes('--device'), cdi, 'the other way');
      assert.deepEqual(
        (other.host?.DeviceRequests as { DeviceIDs: string[] }[]).flatMap(({ DeviceIDs }) => DeviceIDs),
        cdi ? ['1'] : ['nvidia.com/gpu=1'],
      );
    });

    test('all, and none', async () => {
      const all = await run(['GPUs', 'All', 'Command', 'sleep 30', 'Run']);
      assert.equal((all.host?.DeviceRequests as unknown[]).length, 1);
      const none = await run(['Command', 'sleep 30', 'Run']);
      assert.equal((none.host?.DeviceRequests as unknown[] | null)?.length ?? 0, 0);
      assert.equal(none.host?.ShmSize, 64 * 1024 * 1024);
    });

    test('the GPU view tells what there is and who was given it', async () => {
      const id = await engine.must([
        'run',
        '-d',
        '--init',
        '--name',
        'gpu-holder',
        '--device',
        'nvidia.com/gpu=1',
        images.busybox,
        'sleep',
        '60',
      ]);
      try {
        const report = await readEngineGpus(client, AbortSignal.timeout(5000));
        assert.ok('gpus' in report, JSON.stringify(report));
        const containers = await gpuContainers(client, { pids: true });
        const holder = containers.find((container) => container.id === id);
        assert.ok(holder && holder.pids.length >= 1);
        const process = { uuid: report.gpus[0]?.uuid ?? '', pid: holder.pids[0] ?? 0, name: 'sleep', memory: 512 };
        const [first, second] = gpuUses({ ...report, processes: [process] }, containers);
        assert.deepEqual(
          first?.holders.map(({ container, memory }) => [container.name, memory]),
          [['gpu-holder', 512]],
        );
        assert.ok(second?.holders.some(({ container }) => container.id === id));
      } finally {
        await engine.docker(['rm', '-f', id]);
      }
    });
  });
});
