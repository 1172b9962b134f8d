import type { EngineClient } from '../engine/engine.ts';
import type { GpuContainer } from './holders.ts';
import { hostSmi } from './host.ts';
import { readGpus, type GpuFault, type GpuReport, type Smi } from './nvidiaSmi.ts';

/** The GPUs of the engine's host: asked here when the engine is here, else inside a running container that has GPUs. */
export async function readEngineGpus(engine: EngineClient, signal: AbortSignal): Promise<GpuReport | GpuFault> {
  const local = !/^(?:tcp|ssh|https?):/.test(engine.endpoint.host);
  const here = local ? await readGpus(hostSmi, signal) : ({ reason: 'absent' } as const);
  if ('gpus' in here || here.reason !== 'absent') return here;
  for (const { id } of (await gpuContainers(engine)).filter(({ asked }) => asked.length)) {
    const inside = await readGpus(containerSmi(engine, id), signal);
    if ('gpus' in inside) return inside;
  }
  return here;
}

const containerSmi =
  (engine: EngineClient, id: string): Smi =>
  async (args, signal) => {
    const { code, out, err } = await engine.exec(id, ['nvidia-smi', ...args], { signal });
    return code === 126 || code === 127 ? undefined : { code, text: out + err };
  };

/** Running containers with what they asked for; their processes are asked for only where `pids` says so. */
export async function gpuContainers(engine: EngineClient, { pids = false } = {}): Promise<readonly GpuContainer[]> {
  const running = (await engine.containers()).filter(({ state }) => state === 'running');
  const read = await Promise.all(
    running.map(async ({ id, name, details }): Promise<GpuContainer[]> => {
      try {
        const { gpus } = details ?? (await engine.details(id));
        return [{ id, name, asked: gpus, pids: pids ? await processes(engine, id) : [] }];
      } catch {
        // It ended in between.
        return [];
      }
    }),
  );
  return read.flat();
}

async function processes(engine: EngineClient, id: string): Promise<readonly number[]> {
  const { titles, rows } = await engine.top(id);
  const column = titles.findIndex((title) => title.toUpperCase() === 'PID');
  return rows.map((row) => Number(row[column])).filter(Number.isInteger);
}
