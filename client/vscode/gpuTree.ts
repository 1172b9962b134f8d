import type { App } from '../commands/command.ts';
import { gpuUses, type GpuUse } from '../gpu/holders.ts';
import type { GpuFault, GpuReport } from '../gpu/nvidiaSmi.ts';
import { gpuContainers, readEngineGpus } from '../gpu/read.ts';
import { watch } from '../gpu/watch.ts';
import { gpuFaultSentence, gpusView } from '../views/gpus.ts';
import { Tree } from './tree.ts';

/** The view of GPUs: read while a person sees it, and not otherwise. */
export interface GpuTree {
  readonly tree: Tree;
  refresh(): void;
  dispose(): void;
}

interface Reading {
  readonly report: GpuReport | GpuFault;
  readonly uses: readonly GpuUse[];
}

export function createGpuTree({ store, ui }: Pick<App, 'store' | 'ui'>): GpuTree {
  let reading: Reading | undefined;
  const read = async (signal: AbortSignal): Promise<Reading> => {
    const engine = await store.engine();
    const report = await readEngineGpus(engine, signal);
    if (!('gpus' in report)) return { report, uses: [] };
    return { report, uses: gpuUses(report, await gpuContainers(engine, { pids: report.processes.length > 0 })) };
  };
  const tree: Tree = new Tree({
    name: 'gpus',
    nodes: () => (reading && 'gpus' in reading.report ? gpusView(reading.uses, reading.report.driver, store.snapshot.containers) : []),
    message: () => {
      if (store.snapshot.connection.state === 'failed') return 'The engine does not answer.';
      if (!reading) return 'Reading the GPUs…';
      if (!('gpus' in reading.report)) return gpuFaultSentence(reading.report);
      return reading.report.gpus.length ? undefined : 'The driver is there and finds no GPU.';
    },
    description: () =>
      reading && 'gpus' in reading.report && reading.report.driver !== undefined ? `driver ${reading.report.driver}` : undefined,
    shown: () => {
      store.start();
    },
    visible: (visible) => {
      eye.look(visible);
    },
  });
  const eye = watch(
    read,
    (next) => {
      reading = next;
      tree.update();
    },
    () => ui.setting('gpus.interval') * 1000,
  );
  eye.look(tree.visible);
  return {
    tree,
    refresh: () => {
      eye.refresh();
    },
    dispose: () => {
      eye.dispose();
      tree.dispose();
    },
  };
}
