/** A GPU as nvidia-smi reports it now. Memory in MiB, power in watts, temperature in °C; what the card does not tell is absent. */
export interface Gpu {
  readonly index: number;
  readonly uuid: string;
  readonly name: string;
  readonly memory: number;
  readonly used: number;
  readonly utilization?: number;
  readonly temperature?: number;
  readonly power?: number;
  readonly powerLimit?: number;
  readonly computeCapability?: string;
  /** Whether the card is divided into instances (MIG). */
  readonly mig?: boolean;
}

/** A process that computes on a GPU; `pid` is the host's. */
export interface GpuProcess {
  readonly uuid: string;
  readonly pid: number;
  readonly name: string;
  /** MiB. */
  readonly memory?: number;
}

/** What the driver says of all GPUs at one moment. */
export interface GpuReport {
  readonly driver?: string;
  readonly gpus: readonly Gpu[];
  readonly processes: readonly GpuProcess[];
}

/** Why there is no report. */
export type GpuFault =
  /** No nvidia-smi: no NVIDIA driver, or none on the PATH. */
  | { readonly reason: 'absent' }
  /** nvidia-smi runs and the driver does not answer it. */
  | { readonly reason: 'driver'; readonly message: string };

/** Runs nvidia-smi somewhere: on this machine, or in a container. Undefined when there is none. */
export type Smi = (
  args: readonly string[],
  signal: AbortSignal,
) => Promise<{ readonly code: number | null; readonly text: string } | undefined>;

const fields = [
  'index',
  'uuid',
  'name',
  'driver_version',
  'memory.total',
  'memory.used',
  'utilization.gpu',
  'temperature.gpu',
  'power.draw',
  'power.limit',
  'compute_cap',
  'mig.mode.current',
] as const;
type Field = (typeof fields)[number];

export async function readGpus(smi: Smi, signal: AbortSignal): Promise<GpuReport | GpuFault> {
  let asked: readonly Field[] = fields;
  for (;;) {
    const answer = await smi([`--query-gpu=${asked.join(',')}`, '--format=csv,noheader,nounits'], signal);
    if (!answer) return { reason: 'absent' };
    // Older drivers do not know every field, and say which.
    const unknown = /Field "([\w.]+)" is not a valid field/.exec(answer.text)?.[1];
    const fewer = asked.filter((field) => field !== unknown);
    if (unknown !== undefined && fewer.length < asked.length) {
      asked = fewer;
      continue;
    }
    if (/No devices were found/i.test(answer.text)) return { gpus: [], processes: [] };
    if (answer.code !== 0)
      return { reason: 'driver', message: answer.text.trim() || `nvidia-smi ended with code ${answer.code ?? 'none'}` };
    const rows = answer.text.split('\n').filter((line) => line.trim());
    const records = rows.map((line) => record(line, asked));
    const apps = await smi(['--query-compute-apps=gpu_uuid,pid,process_name,used_memory', '--format=csv,noheader,nounits'], signal);
    const driver = records[0]?.['driver_version'];
    return {
      ...(driver !== undefined && { driver }),
      gpus: records.flatMap(gpu),
      processes: apps?.code === 0 ? apps.text.split('\n').flatMap(processOf) : [],
    };
  }
}

type Row = Partial<Record<Field, string>>;

function record(line: string, names: readonly Field[]): Row {
  const values = line.split(',').map((value) => value.trim());
  return Object.fromEntries(names.flatMap((name, at) => (told(values[at]) ? [[name, values[at]]] : [])));
}

/** `[N/A]`, `[Not Supported]`, `N/A`, `[Unknown Error]`: the card does not tell. */
const told = (value: string | undefined): value is string => value !== undefined && value !== '' && !/^\[|^N\/A$/.test(value);

function gpu(row: Row): Gpu[] {
  const index = number(row.index);
  if (index === undefined) return [];
  const optional = {
    utilization: number(row['utilization.gpu']),
    temperature: number(row['temperature.gpu']),
    power: number(row['power.draw']),
    powerLimit: number(row['power.limit']),
    computeCapability: row.compute_cap,
    mig: row['mig.mode.current'] === undefined ? undefined : row['mig.mode.current'] === 'Enabled',
  };
  const known = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return [
    {
      index,
      uuid: row.uuid ?? String(index),
      name: row.name ?? 'GPU',
      memory: number(row['memory.total']) ?? 0,
      used: number(row['memory.used']) ?? 0,
      ...known,
    },
  ];
}

/** The name of a process may hold commas: the fields around it may not. */
function processOf(line: string): GpuProcess[] {
  const [, uuid, pid, name, used] = /^\s*([^,]+?)\s*,\s*(\d+)\s*,\s*(.*?)\s*,\s*([^,]*?)\s*$/.exec(line) ?? [];
  if (uuid === undefined || pid === undefined) return [];
  const memory = number(told(used) ? used : undefined);
  return [{ uuid, pid: Number(pid), name: name ?? '', ...(memory !== undefined && { memory }) }];
}

function number(text: string | undefined): number | undefined {
  const value = text === undefined ? NaN : parseFloat(text);
  return Number.isNaN(value) ? undefined : value;
}

/** MiB in words, in the units that nvidia-smi's own numbers mean. */
export const memoryWords = (mebibytes: number): string =>
  mebibytes >= 1024 ? `${(mebibytes / 1024).toFixed(mebibytes >= 102_400 ? 0 : 1)} GiB` : `${mebibytes} MiB`;

/** A part of a whole in the unit of the whole: `59.8 of 140 GiB`. */
export const memoryShare = (used: number, total: number): string =>
  `${total < 1024 || used === 0 ? used : (used / 1024).toFixed(1)} of ${memoryWords(total)}`;
