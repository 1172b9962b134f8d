import { catalogueSchema } from './catalogue/schema.ts';

/** One row per setting: the schema that VS Code shows and the type that code reads both come from here. */
export interface Setting<T> {
  readonly default: T;
  readonly description: string;
  readonly values?: readonly T[];
  /** JSON schema beyond the type of the default, for objects and arrays. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** `resource` settings may differ by folder. */
  readonly scope: 'window' | 'resource';
}

const composeLenses = ['up', 'stop', 'restart', 'logs', 'build', 'status'] as const;

const setting = <T>(row: Setting<T>): Setting<T> => row;

// A setting has no schema address of its own.
const { $schema: _address, ...tables } = catalogueSchema.properties ?? {};

export const settings = {
  'lint.enabled': setting<boolean>({
    default: true,
    scope: 'resource',
    description: 'Check Dockerfiles, Compose files and requirements.',
  }),
  'lint.rules': setting<Readonly<Record<string, 'off' | 'on' | 'error' | 'warning' | 'info' | 'hint'>>>({
    default: {},
    scope: 'resource',
    description: 'Switch rules on or off, or change how much they matter, by rule id: `{ "latest-tag": "off", "root-user": "warning" }`.',
    schema: { additionalProperties: { enum: ['off', 'on', 'error', 'warning', 'info', 'hint'] } },
  }),
  'lint.shellcheck': setting<boolean>({
    default: true,
    scope: 'resource',
    description: 'Where ShellCheck is installed, show what it says about the shell of RUN.',
  }),
  'lint.buildArgs': setting<Readonly<Record<string, string>>>({
    default: {},
    scope: 'resource',
    description: 'Build arguments that builds always pass, so that `ARG` without a default can be resolved.',
    schema: { additionalProperties: { type: 'string' } },
  }),
  catalogue: setting<Readonly<Record<string, unknown>>>({
    default: {},
    scope: 'resource',
    description:
      'Base images, services, package indexes and GPUs of your own, for checks, hover and completion. A file `.ml-containers.yaml` at the top of the folder does the same for everybody who works on it.',
    schema: { properties: tables, additionalProperties: false },
  }),
  'compose.files': setting<readonly string[]>({
    default: [],
    scope: 'resource',
    description:
      'The Compose files of the project, in the order of `-f`, later ones laid over earlier ones: `["compose.yaml", "compose.gpu.yaml"]`. Empty: as `COMPOSE_FILE` or their names say.',
    schema: { items: { type: 'string' } },
  }),
  'compose.profiles': setting<readonly string[]>({
    default: [],
    scope: 'resource',
    description: 'The Compose profiles that are on. Empty: as `COMPOSE_PROFILES` says.',
    schema: { items: { type: 'string' } },
  }),
  'logs.lines': setting<number>({
    default: 100_000,
    scope: 'window',
    description: 'How many lines the log panel keeps; older ones go.',
    schema: { type: 'integer', minimum: 1000, maximum: 1_000_000 },
  }),
  'logs.tail': setting<number>({
    default: 2000,
    scope: 'window',
    description: 'How many of the last lines of each container the log panel begins with.',
    schema: { type: 'integer', minimum: 0, maximum: 100_000 },
  }),
  'run.shmSize': setting<string>({
    default: '8g',
    scope: 'window',
    description:
      'Shared memory (`/dev/shm`) that a run with GPUs is offered: data loaders with workers need more than the 64 MB of the engine.',
    schema: { pattern: '^[0-9]+[bkmgBKMG]?$' },
  }),
  'gpus.interval': setting<number>({
    default: 3,
    scope: 'window',
    description: 'Seconds between two readings of the GPUs while their view is open. Nothing is read while it is closed.',
    schema: { minimum: 1, maximum: 3600 },
  }),
  'hints.images': setting<boolean>({
    default: true,
    scope: 'resource',
    description: 'Show beside `FROM` which image its variables come to.',
  }),
  'hints.userAndFolder': setting<boolean>({
    default: true,
    scope: 'resource',
    description: 'Show beside the last `CMD` or `ENTRYPOINT` of a long stage which user runs it, and in which folder.',
  }),
  'hints.inherited': setting<boolean>({
    default: true,
    scope: 'resource',
    description: 'Show in Compose files beside a value the one it takes the place of, when the service extends another.',
  }),
  'hints.values': setting<boolean>({
    default: true,
    scope: 'resource',
    description: 'Show beside a value with variables in a Compose file what it comes to here. Secrets are not shown.',
  }),
  'hints.overridden': setting<boolean>({
    default: true,
    scope: 'resource',
    description: 'Show beside a value of a Compose file what an override file puts in its place.',
  }),
  'format.ignoreMultiline': setting<boolean>({
    default: false,
    scope: 'resource',
    description: 'Leave instructions of a Dockerfile that go over several lines as they are when it is formatted.',
  }),
  besideOthers: setting<'automatic' | 'everything'>({
    default: 'automatic',
    values: ['automatic', 'everything'],
    scope: 'window',
    description:
      'When another extension helps with Dockerfiles or Compose files too (Container Tools, Docker DX, Red Hat YAML): `automatic` leaves to it the completions, hovers, formatting, outline and plain YAML errors that would otherwise come twice, and gives all that it lacks; `everything` gives them all the same. What Red Hat YAML says by its schema of Compose comes beside our errors until the command «Take Compose Files Out of the YAML Extension’s Schemas» is run.',
  }),
  'codeLens.enabled': setting<boolean>({
    default: true,
    scope: 'resource',
    description: 'Show what can be done above the stages of Dockerfiles and the services of Compose files.',
  }),
  'codeLens.compose': setting<Readonly<Record<(typeof composeLenses)[number], boolean>>>({
    default: { up: true, stop: true, restart: true, logs: true, build: true, status: true },
    scope: 'resource',
    description:
      'What is shown above each service of a Compose file and above all of them. `status` is how its containers are, when an engine answers.',
    schema: { properties: Object.fromEntries(composeLenses.map((name) => [name, { type: 'boolean' }])), additionalProperties: false },
  }),
} as const satisfies Record<string, Setting<unknown>>;

export type Settings = { readonly [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never };

/** The settings with their defaults. */
export const defaultSettings: Settings = Object.fromEntries(
  Object.entries<Setting<unknown>>(settings).map(([key, row]) => [key, row.default]),
) as unknown as Settings;

/** Reads what a client sent for `mlContainers`, nested or with dotted names; what is missing or of another type has its default. */
export function readSettings(sent: unknown): Settings {
  return Object.fromEntries(
    Object.entries<Setting<unknown>>(settings).map(([key, row]) => {
      const value = valueAt(sent, key);
      return [key, sameType(value, row.default) && (!row.values || row.values.includes(value)) ? value : row.default];
    }),
  ) as unknown as Settings;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sameType = (a: unknown, b: unknown): boolean => a !== null && typeof a === typeof b && Array.isArray(a) === Array.isArray(b);

function valueAt(sent: unknown, key: string): unknown {
  if (!isObject(sent)) return undefined;
  if (key in sent) return sent[key];
  return key.split('.').reduce<unknown>((at, part) => (isObject(at) ? at[part] : undefined), sent);
}

/** The variables that stand for what the settings say about Compose; none where they say nothing. */
export const composeVariables = (settings: Pick<Settings, 'compose.files' | 'compose.profiles'>): Readonly<Record<string, string>> => ({
  ...(settings['compose.files'].length ? { COMPOSE_FILE: settings['compose.files'].join(';'), COMPOSE_PATH_SEPARATOR: ';' } : {}),
  ...(settings['compose.profiles'].length ? { COMPOSE_PROFILES: settings['compose.profiles'].join(',') } : {}),
});
