import type { Invocation } from './invocation.ts';
import { baseName } from '../text/paths.ts';

/** What to run, before anyone has decided which program runs it. */
export interface RunPlan {
  readonly image: string;
  readonly name?: string;
  readonly gpus?: GpuChoice;
  /** As `docker run --shm-size` takes it: `8g`. */
  readonly shm?: string;
  readonly ipc?: 'host' | 'private' | 'shareable';
  /** `name=soft:hard`, e.g. `memlock=-1`. */
  readonly ulimits?: readonly string[];
  readonly ports?: readonly PortPlan[];
  readonly mounts?: readonly MountPlan[];
  readonly env?: Readonly<Record<string, string>>;
  readonly envFiles?: readonly string[];
  readonly workdir?: string;
  readonly user?: string;
  readonly network?: string;
  /** In the background; else in a terminal of its own. */
  readonly detach?: boolean;
  readonly remove?: boolean;
  readonly command?: readonly string[];
}

/** A published port; without `host` the engine picks one. */
export interface PortPlan {
  readonly host?: number;
  readonly container: number;
  /** The address of the host that it is bound to. */
  readonly address?: string;
}

/** A folder of the host (a path) or a named volume. */
export interface MountPlan {
  readonly from: string;
  readonly to: string;
  readonly readOnly?: boolean;
}

/** Which GPUs a container gets. `ids` are indexes or UUIDs as nvidia-smi prints them. */
export type GpuChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'devices'; readonly ids: readonly string[] };

/** How GPUs are asked for: `--gpus` needs the NVIDIA runtime hook, CDI a specification file. */
export type GpuRoute = 'gpus' | 'cdi';

/** The program that runs containers, and the way to its GPUs. */
export interface Runner {
  readonly program: string;
  readonly gpuRoute: GpuRoute;
}

export const docker: Runner = { program: 'docker', gpuRoute: 'gpus' };
export const podman: Runner = { program: 'podman', gpuRoute: 'cdi' };

export function runCommand(plan: RunPlan, runner: Runner = docker): Invocation {
  const args = ['run'];
  args.push(plan.detach ? '--detach' : '-it');
  if (plan.remove) args.push('--rm');
  if (plan.name) args.push('--name', plan.name);
  if (plan.gpus) args.push(...gpuArgs(plan.gpus, runner.gpuRoute));
  if (plan.shm) args.push('--shm-size', plan.shm);
  if (plan.ipc) args.push('--ipc', plan.ipc);
  for (const limit of plan.ulimits ?? []) args.push('--ulimit', limit);
  for (const port of plan.ports ?? []) args.push('--publish', publish(port));
  for (const mount of plan.mounts ?? []) args.push(...mountArgs(mount));
  for (const [key, value] of Object.entries(plan.env ?? {})) args.push('--env', `${key}=${value}`);
  for (const file of plan.envFiles ?? []) args.push('--env-file', file);
  if (plan.workdir) args.push('--workdir', plan.workdir);
  if (plan.user) args.push('--user', plan.user);
  if (plan.network) args.push('--network', plan.network);
  return { program: runner.program, args: [...args, plan.image, ...(plan.command ?? [])] };
}

export function gpuArgs(choice: GpuChoice, route: GpuRoute): readonly string[] {
  switch (choice.kind) {
    case 'none':
      return [];
    case 'all':
      return route === 'cdi' ? ['--device', 'nvidia.com/gpu=all'] : ['--gpus', 'all'];
    case 'count':
      // CDI names devices; the first ones are as good as any.
      return route === 'cdi' ? cdi(Array.from({ length: choice.count }, (_, i) => String(i))) : ['--gpus', String(choice.count)];
    case 'devices':
      if (!choice.ids.length) return [];
      // The value is a line of CSV, so the quotes around several ids are part of it.
      return route === 'cdi'
        ? cdi(choice.ids)
        : ['--gpus', choice.ids.length > 1 ? `"device=${choice.ids.join(',')}"` : `device=${choice.ids.join('')}`];
  }
}

const cdi = (ids: readonly string[]): string[] => ids.flatMap((id) => ['--device', `nvidia.com/gpu=${id}`]);

function publish({ address, host, container }: PortPlan): string {
  const at = address?.includes(':') ? `[${address}]` : address;
  return at ? `${at}:${host ?? ''}:${container}` : host === undefined ? String(container) : `${host}:${container}`;
}

/** `--mount` for paths with a colon or a comma in them would need CSV quoting; `--volume` is what people read most easily. */
function mountArgs({ from, to, readOnly }: MountPlan): string[] {
  if (!/[:,]/.test(from.replace(/^[A-Za-z]:/, ''))) return ['--volume', `${from}:${to}${readOnly ? ':ro' : ''}`];
  const field = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const type = /^([A-Za-z]:)?[\\/]/.test(from) ? 'bind' : 'volume';
  return ['--mount', [`type=${type}`, field(`source=${from}`), field(`target=${to}`), ...(readOnly ? ['readonly'] : [])].join(',')];
}

/** The name under which an image runs by default: its last path element, with what a container name may not hold replaced. */
export function containerNameFor(image: string): string {
  const [path = image] = baseName(image).split(/[:@]/);
  return path.replace(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'container';
}
