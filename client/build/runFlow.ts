import { connect } from 'node:net';
import { explain } from '../../src/diagnose/explain.ts';
import type { KnownError } from '../../src/knowledge/knowledge.ts';
import { commandLine } from '../../src/plan/invocation.ts';
import { containerNameFor, runCommand, type PortPlan } from '../../src/plan/runPlan.ts';
import type { Container, EngineClient } from '../engine/engine.ts';
import type { GpuFault, GpuReport } from '../gpu/nvidiaSmi.ts';
import type { Memory, Ui } from '../ui.ts';
import { fill } from './form.ts';
import { runLines } from './process.ts';
import { routeOf, runForm, type RunChoice } from './runForm.ts';

/** What running needs around it. */
export interface RunSurroundings {
  readonly ui: Ui;
  readonly memory: Memory;
  readonly engine: EngineClient;
  readonly gpus: () => Promise<GpuReport | GpuFault>;
  readonly errors: readonly KnownError[];
  readonly follow: (container: { readonly id: string; readonly name: string }) => void;
}

/** Asks how, and runs an image: in a terminal, or in the background with its output in the log panel. */
export async function runFlow(image: string, around: RunSurroundings): Promise<void> {
  const { ui, memory, engine } = around;
  const key = `run:${image}`;
  const [gpus, info, containers, exposed] = await Promise.all([
    around.gpus(),
    engine.info(),
    engine.containers(),
    engine.inspect('image', image).then(exposedPorts, () => []),
  ]);
  const local = !/^(?:tcp|ssh|https?):/.test(engine.endpoint.host);
  const start: RunChoice = {
    image,
    route: routeOf(info),
    detach: true,
    ...((memory.get(key) ?? { ports: await freePorts(exposed, containers, local) }) as Partial<RunChoice>),
    name: freeName(containerNameFor(image), containers),
  };
  const plan = await fill(ui, runForm(image, { gpus, info, shm: ui.setting('run.shmSize') }), start);
  if (!plan) return;
  const { image: _image, name: _name, ...kept } = plan;
  await memory.set(key, kept);
  const { route, ...run } = plan;
  const invocation = runCommand(run, { program: 'docker', gpuRoute: route });
  if (!plan.detach) {
    ui.terminal(plan.name ?? image, { ...invocation, env: engine.endpoint.env, icon: 'play' });
    return;
  }
  const lines: string[] = [];
  const exit = await ui.progress(`Starting ${plan.name ?? image}`, (signal) =>
    runLines(invocation, { cwd: ui.folders[0] ?? process.cwd(), env: engine.endpoint.env }, (line) => lines.push(line), signal),
  );
  ui.log(`${commandLine(invocation)}\n${lines.join('\n')}`);
  if (exit.kind === 'cancelled') return;
  const id = lines.findLast((line) => /^[0-9a-f]{64}$/.test(line));
  if (exit.kind === 'ended' && exit.code === 0 && id !== undefined) {
    around.follow({ id, name: plan.name ?? id.slice(0, 12) });
    return;
  }
  const said = exit.kind === 'failed' ? exit.message : lines.filter((line) => !/^[0-9a-f]{64}$|^$|--help/.test(line)).join(' ');
  const known = explain(said, around.errors);
  const words = said.replace(/^docker: /, '').replace(/^Error response from daemon: /, '');
  if (!known) void ui.error(`${image} did not start. ${words}`);
  else if ((await ui.error(`${image} did not start. ${words} ${known.cause}`, 'What to Do')) !== undefined)
    await ui.show(`Why ${image} did not start`, [words, '', known.cause, '', ...known.fixes.map((fix) => `- ${fix}`), ''].join('\n'));
}

/** `ExposedPorts` of an image's configuration, TCP only. */
function exposedPorts(inspected: unknown): readonly number[] {
  const { Config } = inspected as { readonly Config?: { readonly ExposedPorts?: Readonly<Record<string, unknown>> | null } };
  return Object.keys(Config?.ExposedPorts ?? {}).flatMap((key) => {
    const number = /^(\d+)\/tcp$/.exec(key)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** Each port on the same port of this machine, or on the next one that is free; only this machine reaches it. */
async function freePorts(exposed: readonly number[], containers: readonly Container[], local: boolean): Promise<readonly PortPlan[]> {
  const taken = new Set(containers.flatMap(({ ports }) => ports.flatMap(({ host }) => host ?? [])));
  const plans: PortPlan[] = [];
  for (const container of exposed) {
    let host = container;
    while (host < 65536 && (taken.has(host) || (local && (await answers(host))))) host++;
    taken.add(host);
    plans.push({ container, host, address: '127.0.0.1' });
  }
  return plans;
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 300 });
    const end = (taken: boolean): void => {
      socket.destroy();
      done(taken);
    };
    socket.once('connect', () => {
      end(true);
    });
    for (const event of ['error', 'timeout'] as const)
      socket.once(event, () => {
        end(false);
      });
  });
}

function freeName(wanted: string, containers: readonly Container[]): string {
  const taken = new Set(containers.flatMap(({ names }) => names));
  let name = wanted;
  for (let next = 2; taken.has(name); next++) name = `${wanted}-${next}`;
  return name;
}
