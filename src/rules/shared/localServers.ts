import { baseName } from '../../text/paths.ts';

/** A program that listens on 127.0.0.1 unless it is told otherwise. */
interface LocalServer {
  /** The program, and the words that must follow it. */
  readonly program: RegExp;
  readonly verbs?: readonly string[];
  /** Options that say where to listen. */
  readonly options: readonly string[];
  /** Variables that do. */
  readonly variables: readonly string[];
  /** What makes it listen for everybody. */
  readonly add: readonly string[];
  readonly ports: readonly string[];
  readonly port: string;
  /** Options that name a file which may say it. */
  readonly files?: readonly string[];
  /** Options with a value that stand before the verbs. */
  readonly before?: readonly string[];
}

const servers: readonly LocalServer[] = [
  {
    program: /^uvicorn$/,
    options: ['--host', '--uds', '--fd'],
    variables: ['UVICORN_HOST', 'UVICORN_UDS'],
    add: ['--host', '0.0.0.0'],
    ports: ['--port'],
    port: '8000',
  },
  {
    program: /^gunicorn$/,
    options: ['-b', '--bind'],
    variables: ['GUNICORN_CMD_ARGS', 'PORT'],
    add: ['--bind', '0.0.0.0:8000'],
    ports: [],
    port: '8000',
    files: ['-c', '--config'],
  },
  {
    program: /^hypercorn$/,
    options: ['-b', '--bind'],
    variables: [],
    add: ['--bind', '0.0.0.0:8000'],
    ports: [],
    port: '8000',
    files: ['-c', '--config'],
  },
  { program: /^fastapi$/, verbs: ['dev'], options: ['--host'], variables: [], add: ['--host', '0.0.0.0'], ports: ['--port'], port: '8000' },
  {
    program: /^flask$/,
    verbs: ['run'],
    before: ['--app', '-A', '--env-file', '-e'],
    options: ['-h', '--host'],
    variables: ['FLASK_RUN_HOST'],
    add: ['--host', '0.0.0.0'],
    ports: ['-p', '--port'],
    port: '5000',
  },
  { program: /^(?:\.\/)?manage\.py$/, verbs: ['runserver'], options: [], variables: [], add: ['0.0.0.0:8000'], ports: [], port: '8000' },
  {
    program: /^mlflow$/,
    verbs: ['server'],
    options: ['-h', '--host'],
    variables: ['MLFLOW_HOST'],
    add: ['--host', '0.0.0.0'],
    ports: ['-p', '--port'],
    port: '5000',
  },
  {
    program: /^mlflow$/,
    verbs: ['ui'],
    options: ['-h', '--host'],
    variables: ['MLFLOW_HOST'],
    add: ['--host', '0.0.0.0'],
    ports: ['-p', '--port'],
    port: '5000',
  },
  {
    program: /^mlflow$/,
    verbs: ['models', 'serve'],
    options: ['-h', '--host'],
    variables: ['MLFLOW_HOST'],
    add: ['--host', '0.0.0.0'],
    ports: ['-p', '--port'],
    port: '5000',
  },
  { program: /^tensorboard$/, options: ['--host', '--bind_all'], variables: [], add: ['--bind_all'], ports: ['--port'], port: '6006' },
  {
    program: /^jupyter-?(?:lab|notebook|server)?$/,
    options: ['--ip', '--ServerApp.ip', '--NotebookApp.ip'],
    variables: ['JUPYTER_IP', 'DOCKER_STACKS_JUPYTER_CMD'],
    add: ['--ip=0.0.0.0'],
    ports: ['--port'],
    port: '8888',
    files: ['--config'],
  },
  {
    program: /^dagster$/,
    verbs: ['dev'],
    options: ['-h', '--host'],
    variables: [],
    add: ['--host', '0.0.0.0'],
    ports: ['-p', '--port'],
    port: '3000',
  },
  {
    program: /^dagster-webserver$/,
    options: ['-h', '--host'],
    variables: [],
    add: ['--host', '0.0.0.0'],
    ports: ['-p', '--port'],
    port: '3000',
  },
  { program: /^sglang\.launch_server$/, options: ['--host'], variables: [], add: ['--host', '0.0.0.0'], ports: ['--port'], port: '30000' },
  {
    program: /^prefect$/,
    verbs: ['server', 'start'],
    options: ['--host'],
    variables: ['PREFECT_SERVER_API_HOST'],
    add: ['--host', '0.0.0.0'],
    ports: ['--port'],
    port: '4200',
  },
  { program: /^optuna-dashboard$/, options: ['--host'], variables: [], add: ['--host', '0.0.0.0'], ports: ['--port'], port: '8080' },
  {
    program: /^chainlit$/,
    verbs: ['run'],
    options: ['--host'],
    variables: ['CHAINLIT_HOST'],
    add: ['--host', '0.0.0.0'],
    ports: ['--port'],
    port: '8000',
  },
  {
    program: /^llama-server$/,
    options: ['--host'],
    variables: ['LLAMA_ARG_HOST'],
    add: ['--host', '0.0.0.0'],
    ports: ['--port'],
    port: '8080',
  },
  {
    program: /^chroma$/,
    verbs: ['run'],
    options: ['--host'],
    variables: ['CHROMA_HOST'],
    add: ['--host', '0.0.0.0'],
    ports: ['--port'],
    port: '8000',
  },
];

const programs = new RegExp(servers.map(({ program }) => program.source).join('|'));

/** The variables that say where one of them listens. */
export const listening: readonly string[] = [...new Set(servers.flatMap(({ variables }) => variables))];

const local = /^(?:\[?::1\]?|127(?:\.\d+){3}|localhost)(?::\d+|:\$\{?\w+\}?)?$/;

/** A server that nobody outside its container reaches. */
export interface Unreachable {
  readonly tool: string;
  /** The index of the word that says so; undefined when nothing does and that is the default. */
  readonly given?: number;
  /** The value in that word, behind the `=` in `--host=…`. */
  readonly host?: string;
  /** What to add, or to put in the place of the host. */
  readonly add: readonly string[];
  /** The index of the word to add it after. */
  readonly after: number;
  readonly port: string;
}

/** Images without settings of Jupyter. */
const withoutJupyterSettings =
  /^(?:docker\.io\/)?(?:library\/)?(?:python|ubuntu|debian|nvidia\/cuda|pytorch\/pytorch|continuumio\/(?:mini|ana)conda3|condaforge\/\w+|mambaorg\/micromamba)(?::|$)/;

/** Whether the settings of an image for notebooks may say where they listen. */
export const mayBeSet = ({ given, tool }: Unreachable, image: string | undefined): boolean =>
  given === undefined && tool.startsWith('jupyter') && !withoutJupyterSettings.test(image ?? '');

/** Whether the words of a command start a server for its own container alone. */
export function unreachable(
  words: readonly { readonly value: string }[],
  variables: { has(name: string): boolean },
): Unreachable | undefined {
  const values = words.map(({ value }) => value);
  const [first = '', ...rest] = values;
  const script = /^python[\d.]*$/.test(baseName(first)) && /manage\.py$/.test(rest[0] ?? '') ? 1 : 0;
  const program = (values[script] ?? '').replace(script ? /^.*(?=manage\.py$)/ : /^.*\//, '');
  if (!programs.test(program)) return undefined;
  const operands = values.slice(script + 1).filter((value) => !value.startsWith('-'));
  const behind = ({ before = [] }: LocalServer): readonly string[] =>
    before.length
      ? values.filter((value, at) => at > script && !value.startsWith('-') && !before.includes(values[at - 1] ?? ''))
      : operands;
  const server = servers.find((each) => each.program.test(program) && (each.verbs ?? []).every((verb, at) => behind(each)[at] === verb));
  if (!server || (program === 'jupyter' && !/^(?:lab|notebook|server)$/.test(operands[0] ?? ''))) return undefined;
  const { options, ports, add } = server;
  const verb = server.verbs?.at(-1) ?? (program === 'jupyter' ? operands[0] : undefined);
  const after = verb === undefined ? script : values.indexOf(verb);
  const found = { tool: [program, ...(server.verbs ?? [])].join(' '), after };
  const port = valueOf(values, ports)?.value ?? server.port;
  if (program === 'manage.py') {
    const at = values.findIndex((value, index) => index > after && /^(?:[\d.]+:|localhost:)?\d+$/.test(value));
    const [, host, own = port] = /^(?:([^:]+):)?(\d+)$/.exec(values[at] ?? '') ?? [];
    if (at < 0) return { ...found, add, port };
    return host === undefined || local.test(host)
      ? { ...found, given: at, host: values[at] ?? '', add: [`0.0.0.0:${own}`], port: own }
      : undefined;
  }
  const given = valueOf(values, options);
  if (given?.value !== undefined && local.test(given.value)) {
    const own = /:(\d+)$/.exec(given.value)?.[1];
    return { ...found, given: given.at, host: given.value, add: [own === undefined ? '0.0.0.0' : `0.0.0.0:${own}`], port: own ?? port };
  }
  if (given || values.some((value) => /^-[bh][\w.:]|^--(?:bind|host|ip)\b/.test(value) || value.includes('$@'))) return undefined;
  if (server.variables.some((name) => variables.has(name)) || valueOf(values, server.files ?? [])) return undefined;
  return { ...found, add, port };
}

function valueOf(values: readonly string[], names: readonly string[]): { readonly at: number; readonly value?: string } | undefined {
  for (const [at, word] of values.entries()) {
    const equals = word.indexOf('=');
    if (equals > 0 && names.includes(word.slice(0, equals))) return { at, value: word.slice(equals + 1) };
    const next = values[at + 1];
    if (names.includes(word)) return next === undefined || next.startsWith('-') ? { at } : { at: at + 1, value: next };
  }
  return undefined;
}
