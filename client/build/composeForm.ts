import { basename, dirname, join, relative } from 'node:path';
import { items, get, text, type ComposeFile } from '../../src/compose/model.ts';
import { composeCommand, type ComposePlan } from '../../src/plan/composePlan.ts';
import type { GpuChoice } from '../../src/plan/runPlan.ts';
import type { GpuFault, GpuReport } from '../gpu/nvidiaSmi.ts';
import type { Form, FormRow } from './form.ts';
import { chooseGpus, gpuWords } from './runForm.ts';

/** How a project is brought up. */
export interface ComposeChoice {
  /** In the order in which Compose merges them. */
  readonly files: readonly string[];
  /** None: all that the profiles leave. */
  readonly services: readonly string[];
  readonly profiles: readonly string[];
  /** None: the `.env` that Compose reads by itself. */
  readonly envFiles: readonly string[];
  readonly build: boolean;
  /** What the services of `gpuServices` get by an override file; `none`: what the files themselves say. */
  readonly gpus: GpuChoice;
  readonly gpuServices: readonly string[];
  readonly shm: string;
}

/** One service as the files have it, taken together. */
export interface ComposeService {
  readonly name: string;
  readonly profiles: readonly string[];
  readonly builds: boolean;
}

/** What is known when a project is brought up. */
export interface ComposeFacts {
  readonly services: readonly ComposeService[];
  /** The environment files in the project's folder. */
  readonly envFiles: readonly string[];
  readonly gpus: GpuReport | GpuFault;
}

export const overrideName = 'compose.gpu.yaml';

export function servicesOf(files: readonly ComposeFile[]): readonly ComposeService[] {
  const found = new Map<string, ComposeService>();
  for (const { name, node } of files.flatMap(({ services }) => services)) {
    const before = found.get(name);
    const own = items(get(node, 'profiles')).flatMap((item) => text(item) ?? []);
    found.set(name, {
      name,
      profiles: [...new Set([...(before?.profiles ?? []), ...own])],
      builds: before?.builds === true || get(node, 'build') !== undefined,
    });
  }
  return [...found.values()];
}

/** The command line's view of a choice, with paths as seen from the project's folder. */
export function composePlan(choice: ComposeChoice, { services }: ComposeFacts): ComposePlan {
  const folder = projectFolder(choice.files);
  const files = [...choice.files, ...(choice.gpus.kind === 'none' ? [] : [join(folder, overrideName)])];
  const profiles = profilesFor(choice.services, services, choice.profiles);
  return {
    files: files.map((path) => relative(folder, path)),
    ...(choice.envFiles.length > 0 && { envFiles: choice.envFiles.map((path) => relative(folder, path)) }),
    ...(profiles.length > 0 && { profiles }),
  };
}

/** The profiles that are on already, and one for each service that would not start without. */
export function profilesFor(names: readonly string[], services: readonly ComposeService[], on: readonly string[] = []): readonly string[] {
  const missing = services.filter(
    ({ name, profiles }) => names.includes(name) && profiles.length > 0 && !profiles.some((one) => on.includes(one)),
  );
  return [...new Set([...on, ...missing.flatMap(({ profiles: [first = ''] }) => first)])];
}

/** Compose runs where its first file lies. */
export const projectFolder = ([first = '.']: readonly string[]): string => dirname(first);

export const upVerb = ({ build, services }: ComposeChoice): readonly string[] => [
  'up',
  '--detach',
  ...(build ? ['--build'] : []),
  ...services,
];

export function composeForm(facts: ComposeFacts): Form<ComposeChoice> {
  return {
    title: 'Compose up with GPUs, profiles, environment files',
    verb: 'Up',
    invocation: (choice) => composeCommand(composePlan(choice, facts), upVerb(choice)),
    rows: (choice) => [
      ...filesRow(choice),
      servicesRow(choice, facts),
      ...profilesRow(choice, facts),
      ...envFilesRow(choice, facts),
      ...buildRow(choice, facts),
      ...gpuRows(choice, facts),
    ],
  };
}

function filesRow(choice: ComposeChoice): FormRow<ComposeChoice>[] {
  const { files } = choice;
  if (files.length < 2) return [];
  return [
    {
      label: 'Files, the later ones win',
      description: files.map((path) => basename(path)).join(', '),
      icon: 'files',
      async change(ui) {
        const shown = files.map((value) => ({ label: basename(value), description: value, value }));
        const first = await ui.pick('Which file comes first?', shown, { placeholder: 'Relative paths in all files start from its folder' });
        return first === undefined ? undefined : { ...choice, files: [first, ...files.filter((path) => path !== first)] };
      },
    },
  ];
}

function servicesRow(choice: ComposeChoice, { services }: ComposeFacts): FormRow<ComposeChoice> {
  return {
    label: 'Services',
    description: choice.services.join(', ') || 'all',
    icon: 'server-process',
    async change(ui) {
      const chosen = await ui.pickMany(
        'Services to start, with what they depend on',
        services.map(({ name, profiles }) => ({
          label: name,
          value: name,
          picked: choice.services.includes(name),
          ...(profiles.length > 0 && { description: `profile ${profiles.join(', ')}` }),
        })),
        { placeholder: 'None chosen: all' },
      );
      return chosen && { ...choice, services: chosen };
    },
  };
}

function profilesRow(choice: ComposeChoice, { services }: ComposeFacts): FormRow<ComposeChoice>[] {
  const known = [...new Set(services.flatMap(({ profiles }) => profiles))];
  if (!known.length) return [];
  return [
    {
      label: 'Profiles',
      description: choice.profiles.join(', ') || 'none',
      icon: 'layers',
      async change(ui) {
        const offered = known.map((value) => ({
          label: value,
          value,
          picked: choice.profiles.includes(value),
          description: services.flatMap(({ name, profiles }) => (profiles.includes(value) ? name : [])).join(', '),
        }));
        const profiles = await ui.pickMany('Profiles', offered);
        return profiles && { ...choice, profiles };
      },
    },
  ];
}

function envFilesRow(choice: ComposeChoice, { envFiles }: ComposeFacts): FormRow<ComposeChoice>[] {
  if (envFiles.every((path) => basename(path) === '.env')) return [];
  return [
    {
      label: 'Environment files, the later ones win',
      description: choice.envFiles.map((path) => basename(path)).join(', ') || '.env, where it is there',
      icon: 'symbol-variable',
      async change(ui) {
        const offered = envFiles.map((value) => ({ label: basename(value), value, picked: choice.envFiles.includes(value) }));
        const chosen = await ui.pickMany('Environment files', offered, { placeholder: 'None chosen: .env' });
        return chosen && { ...choice, envFiles: chosen };
      },
    },
  ];
}

function buildRow(choice: ComposeChoice, { services }: ComposeFacts): FormRow<ComposeChoice>[] {
  if (!services.some(({ builds }) => builds)) return [];
  return [
    {
      label: 'Build images first',
      description: choice.build ? 'yes' : 'only those that are not there',
      icon: 'tools',
      change: () => Promise.resolve({ ...choice, build: !choice.build }),
    },
  ];
}

function gpuRows(choice: ComposeChoice, { services, gpus: report }: ComposeFacts): FormRow<ComposeChoice>[] {
  const gpuRow: FormRow<ComposeChoice> = {
    label: 'GPUs',
    description: choice.gpus.kind === 'none' ? 'as the files say' : gpuWords(choice.gpus),
    icon: 'circuit-board',
    async change(ui) {
      const gpus = await chooseGpus(ui, report);
      if (!gpus) return undefined;
      const names = services.map(({ name }) => name);
      const gpuServices = gpus.kind === 'none' || choice.gpuServices.length || names.length > 1 ? choice.gpuServices : names;
      return gpus.kind === 'none' || gpuServices.length
        ? { ...choice, gpus, gpuServices }
        : withGpuServices({ ...choice, gpus }, services, ui);
    },
  };
  if (choice.gpus.kind === 'none') return [gpuRow];
  return [
    gpuRow,
    {
      label: 'Services that get GPUs',
      description: choice.gpuServices.join(', '),
      icon: 'server-process',
      change: (ui) => withGpuServices(choice, services, ui),
    },
    {
      label: 'Shared memory',
      description: choice.shm || "64m, the engine's own",
      icon: 'server',
      async change(ui) {
        const problem = (written: string): string | undefined =>
          /^(\d+[bkmg]?)?$/i.test(written) ? undefined : 'A number with b, k, m or g after it: 8g';
        const shm = await ui.input('Shared memory', { value: choice.shm, problem });
        return shm === undefined ? undefined : { ...choice, shm };
      },
    },
  ];
}

/** Asks which services get the GPUs; nothing when none was chosen. */
async function withGpuServices(
  choice: ComposeChoice,
  services: readonly ComposeService[],
  ui: Parameters<FormRow<ComposeChoice>['change']>[0],
): Promise<ComposeChoice | undefined> {
  if (services.length === 1) return { ...choice, gpuServices: services.map(({ name }) => name) };
  const offered = services.map(({ name }) => ({ label: name, value: name, picked: choice.gpuServices.includes(name) }));
  const chosen = await ui.pickMany('Services that get GPUs', offered);
  return chosen?.length ? { ...choice, gpuServices: chosen } : undefined;
}
