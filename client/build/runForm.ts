import { runCommand, type GpuChoice, type GpuRoute, type PortPlan, type RunPlan } from '../../src/plan/runPlan.ts';
import type { EngineInfo } from '../engine/engine.ts';
import { memoryWords, type GpuFault, type GpuReport } from '../gpu/nvidiaSmi.ts';
import type { Ui } from '../ui.ts';
import type { Form, FormRow } from './form.ts';

/** A run with the way to its GPUs. */
export interface RunChoice extends RunPlan {
  readonly route: GpuRoute;
}

/** What is known of the engine's machine when a run is planned. */
export interface RunFacts {
  readonly gpus: GpuReport | GpuFault;
  readonly info?: EngineInfo;
  /** Shared memory that is proposed with GPUs. */
  readonly shm: string;
}

/** `--gpus` where the NVIDIA runtime is set up; CDI where only that is. */
export const routeOf = (info: EngineInfo | undefined): GpuRoute =>
  info && !info.runtimes.includes('nvidia') && info.cdiDevices.some((device) => device.startsWith('nvidia.com/gpu=')) ? 'cdi' : 'gpus';

export function runForm(image: string, facts: RunFacts, program = 'docker'): Form<RunChoice> {
  return {
    title: `Run ${image}`,
    verb: 'Run',
    invocation: ({ route, ...plan }) => runCommand(plan, { program, gpuRoute: route }),
    rows: (plan) => [
      gpuRow(plan, facts),
      ...routeRow(plan),
      shmRow(plan),
      portsRow(plan),
      mountRow(plan),
      commandRow(plan),
      nameRow(plan),
      ...ways(plan),
    ],
  };
}

export function gpuWords(choice: GpuChoice | undefined): string {
  switch (choice?.kind) {
    case undefined:
    case 'none':
      return 'none';
    case 'all':
      return 'all';
    case 'count':
      return `${choice.count}`;
    case 'devices':
      return choice.ids.join(', ');
  }
}

function gpuRow(plan: RunChoice, facts: RunFacts): FormRow<RunChoice> {
  return {
    label: 'GPUs',
    description: gpuWords(plan.gpus),
    icon: 'circuit-board',
    async change(ui) {
      const gpus = await chooseGpus(ui, facts.gpus);
      if (!gpus) return undefined;
      const { shm, ...rest } = plan;
      const proposed = gpus.kind === 'none' ? shm : (shm ?? facts.shm);
      return { ...rest, gpus, ...(proposed !== undefined && { shm: proposed }) };
    },
  };
}

/** None, all, or some of those that are there, with what is free on each. */
export async function chooseGpus(ui: Ui, report: GpuReport | GpuFault): Promise<GpuChoice | undefined> {
  const present = 'gpus' in report ? report.gpus : [];
  const some = Symbol('some');
  const why = 'gpus' in report ? '' : report.reason === 'absent' ? 'nvidia-smi was not found on this machine' : report.message;
  const chosen = await ui.pick<GpuChoice | symbol>(
    'GPUs for the container',
    [
      { label: 'None', value: { kind: 'none' } as const },
      { label: 'All', value: { kind: 'all' } as const, description: present.length ? `${present.length} here` : why },
      ...(present.length > 1 ? [{ label: 'Choose by index…', value: some }] : []),
      ...present.map((gpu) => ({
        label: `GPU ${gpu.index}`,
        description: `${gpu.name} · ${memoryWords(gpu.memory - gpu.used)} free${gpu.utilization === undefined ? '' : ` · ${gpu.utilization} % busy`}`,
        value: { kind: 'devices', ids: [String(gpu.index)] } as const,
      })),
    ],
    { placeholder: 'A container sees only the GPUs it is given' },
  );
  if (chosen !== some) return chosen as GpuChoice | undefined;
  const ids = await ui.pickMany(
    'GPUs by index',
    present.map((gpu) => ({
      label: `GPU ${gpu.index}`,
      description: `${gpu.name} · ${memoryWords(gpu.memory - gpu.used)} free`,
      value: String(gpu.index),
    })),
  );
  return ids?.length ? { kind: 'devices', ids } : undefined;
}

function routeRow(plan: RunChoice): FormRow<RunChoice>[] {
  if (!plan.gpus || plan.gpus.kind === 'none') return [];
  const next: GpuRoute = plan.route === 'gpus' ? 'cdi' : 'gpus';
  return [
    {
      label: 'Ask for them by',
      description: plan.route === 'gpus' ? '--gpus (NVIDIA runtime)' : '--device (CDI)',
      icon: 'plug',
      change: () => Promise.resolve({ ...plan, route: next }),
    },
  ];
}

function shmRow(plan: RunChoice): FormRow<RunChoice> {
  return {
    label: 'Shared memory',
    description: plan.shm ?? "64m, the engine's own",
    icon: 'server',
    async change(ui) {
      const problem = (text: string): string | undefined =>
        /^(\d+(\.\d+)?[bkmg]?)?$/i.test(text) ? undefined : 'A number with b, k, m or g after it: 8g';
      const prompt = 'Size of /dev/shm. Data loaders with workers, NCCL and Ray need much more than 64 MB. Empty leaves it to the engine.';
      const shm = await ui.input('Shared memory', { value: plan.shm ?? '8g', prompt, problem });
      if (shm === undefined) return undefined;
      const { shm: _, ...rest } = plan;
      return shm ? { ...rest, shm } : rest;
    },
  };
}

const port = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65536 ? Number(text) : undefined;

/** `8888:8888 6006` → ports; undefined when a part is none. */
export function readPorts(text: string): readonly PortPlan[] | undefined {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  const read = parts.map((part): PortPlan | undefined => {
    const [, address, host, inside] = /^(?:(?:(\[[0-9a-fA-F:]+\]|[\d.]+):)?(\d*):)?(\d+)$/.exec(part) ?? [];
    const container = inside === undefined ? undefined : port(inside);
    if (container === undefined || (host && port(host) === undefined)) return undefined;
    return { container, ...(host && { host: Number(host) }), ...(address !== undefined && { address: address.replace(/^\[|\]$/g, '') }) };
  });
  return read.some((one) => one === undefined) ? undefined : read.filter((one) => one !== undefined);
}

export const portWords = (ports: readonly PortPlan[] = []): string =>
  ports
    .map(({ address, host, container }) => {
      const at = address?.includes(':') ? `[${address}]:` : address === undefined ? '' : `${address}:`;
      return host === undefined && !at ? String(container) : `${at}${host ?? ''}:${container}`;
    })
    .join(' ');

function portsRow(plan: RunChoice): FormRow<RunChoice> {
  return {
    label: 'Ports',
    description: portWords(plan.ports) || 'none published',
    icon: 'plug',
    async change(ui) {
      const problem = (text: string): string | undefined =>
        readPorts(text) ? undefined : 'host:container, several with spaces between them: 127.0.0.1:8888:8888 6006';
      const text = await ui.input('Ports to publish', {
        value: portWords(plan.ports),
        prompt: 'host:container. Without an address everyone in the network reaches them.',
        problem,
      });
      const ports = text === undefined ? undefined : readPorts(text);
      return ports && { ...plan, ports };
    },
  };
}

function mountRow(plan: RunChoice): FormRow<RunChoice> {
  const mounts = plan.mounts ?? [];
  return {
    label: 'Folders and volumes',
    description: mounts.map(({ from, to }) => `${from} → ${to}`).join(', ') || 'none',
    icon: 'folder-opened',
    async change(ui) {
      const text = await ui.input('Folder or volume to mount', {
        prompt: 'source:target, with :ro for read-only. Empty takes all away.',
        value: mounts.at(-1) ? '' : `${ui.folders[0] ?? ''}:/workspace`,
        problem: (value) =>
          !value || /^([A-Za-z]:)?[^:]+:\/[^:]*(:ro)?$/.test(value) ? undefined : 'source:target, e.g. /data:/data:ro or models:/models',
      });
      if (text === undefined) return undefined;
      const [, from, to, readOnly] = /^((?:[A-Za-z]:)?[^:]+):(\/[^:]*?)(:ro)?$/.exec(text) ?? [];
      if (from === undefined || to === undefined) return { ...plan, mounts: [] };
      return { ...plan, mounts: [...mounts, { from, to, ...(readOnly && { readOnly: true }) }] };
    },
  };
}

function commandRow(plan: RunChoice): FormRow<RunChoice> {
  return {
    label: 'Command',
    description: plan.command?.join(' ') ?? "the image's own",
    icon: 'terminal',
    async change(ui) {
      const text = await ui.input('Command', {
        value: plan.command?.join(' ') ?? '',
        prompt: 'Instead of the one of the image; empty leaves that.',
      });
      if (text === undefined) return undefined;
      const { command: _, ...rest } = plan;
      return text.trim() ? { ...rest, command: words(text) } : rest;
    },
  };
}

/** Splits as a shell does, quotes and backslashes included; nothing is expanded. */
export function words(text: string): readonly string[] {
  const found = [...text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g)].map(([word]) => word);
  return found.map((word) =>
    word.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
      (_, double?: string, single?: string, escaped?: string) => double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? '',
    ),
  );
}

function nameRow(plan: RunChoice): FormRow<RunChoice> {
  return {
    label: 'Container name',
    description: plan.name ?? 'chosen by the engine',
    icon: 'tag',
    async change(ui) {
      const problem = (text: string): string | undefined =>
        !text || /^[A-Za-z0-9][\w.-]+$/.test(text) ? undefined : 'Letters, digits, _ . and -, beginning with a letter or digit';
      const name = await ui.input('Container name', { value: plan.name ?? '', problem });
      if (name === undefined) return undefined;
      const { name: _, ...rest } = plan;
      return name ? { ...rest, name } : rest;
    },
  };
}

function ways(plan: RunChoice): FormRow<RunChoice>[] {
  return [
    {
      label: 'Where it runs',
      description: plan.detach ? 'in the background, its output in the log panel' : 'in a terminal',
      icon: 'window',
      change: () => Promise.resolve({ ...plan, detach: !plan.detach }),
    },
    {
      label: 'Remove it when it ends',
      description: plan.remove ? 'yes' : 'no',
      icon: 'trash',
      change: () => Promise.resolve({ ...plan, remove: !plan.remove }),
    },
  ];
}
