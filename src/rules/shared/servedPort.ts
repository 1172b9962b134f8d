import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { baseName } from '../../text/paths.ts';
import { scriptedStart } from './scriptedStart.ts';
import { startCommands } from './startCommand.ts';

/** The port that a container's server is told to listen on. */
export interface ServedPort {
  readonly port: string;
  readonly tool: string;
  /** The file that says so: the Dockerfile, or the script that it starts. */
  readonly path: string;
}

/** Servers and the options that name their port; `bind` ones name an address. Where a verb is needed it stands behind the program. */
const servers: readonly { readonly program: RegExp; readonly verb?: RegExp; readonly ports: readonly string[]; readonly bind?: true }[] = [
  { program: /^(?:uvicorn|daphne|tensorboard|litellm|chainlit|llama-server)$/, ports: ['--port', '-p'] },
  { program: /^(?:gunicorn|hypercorn)$/, ports: ['--bind', '-b'], bind: true },
  { program: /^fastapi$/, verb: /^(?:run|dev)$/, ports: ['--port'] },
  { program: /^flask$/, verb: /^run$/, ports: ['--port', '-p'] },
  { program: /^streamlit$/, verb: /^run$/, ports: ['--server.port'] },
  { program: /^mlflow$/, verb: /^(?:server|ui|models)$/, ports: ['--port', '-p'] },
  { program: /^vllm$/, verb: /^serve$/, ports: ['--port'] },
  { program: /^(?:vllm\.entrypoints\.openai\.api_server|sglang\.launch_server)$/, ports: ['--port'] },
  { program: /^jupyter(?:-lab|-notebook)?$/, ports: ['--port'] },
];

/** The port of the one server that a container starts, in the Dockerfile or in its start script, where it is written out. */
export function servedPort(file: Dockerfile, stage: Stage, world: Pick<World, 'files' | 'options'>): ServedPort | undefined {
  const starts = startCommands(file, stage);
  const [start] = starts;
  if (!start || starts.length > 1) return undefined;
  const script = scriptedStart(file, stage, start, world);
  const served = portOf((script ?? start).words.map(({ value }) => value));
  return served && { ...served, path: script?.path ?? file.source.path };
}

/** The port that words of a command tell a known server. */
export function portOf(words: readonly string[]): Omit<ServedPort, 'path'> | undefined {
  const [first = '', ...rest] = words;
  const tool = baseName(first);
  const server = servers.find(({ program, verb }) => program.test(tool) && (!verb || rest.some((word) => verb.test(word))));
  if (!server) return undefined;
  const given = rest.flatMap((word, at) => {
    if (server.ports.includes(word)) return [rest[at + 1] ?? ''];
    const equals = word.indexOf('=');
    if (equals > 0 && server.ports.includes(word.slice(0, equals))) return [word.slice(equals + 1)];
    // `-b0.0.0.0:8000`
    return server.bind && /^-b./.test(word) ? [word.slice(2)] : [];
  });
  const [only] = given;
  const port = server.bind ? /:(\d+)$/.exec(only ?? '')?.[1] : /^\d+$/.exec(only ?? '')?.[0];
  return given.length === 1 && port !== undefined ? { port, tool } : undefined;
}
