import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import type { World } from '../../lint/rule.ts';
import { imageContent, startFolder } from './imageContents.ts';
import { join } from '../../text/paths.ts';
import type { Start } from './startCommand.ts';

/** The Python file that a container starts with, where the build context has it. */
export interface PythonScript {
  readonly text: string;
  /** The word that names it: a path, or a module behind `-m`. */
  readonly word: ShellWord;
  /** The word of the interpreter before a path. */
  readonly python?: ShellWord;
  /** Its path from the folder that the container starts in. */
  readonly path: string;
  /** The number of arguments it is given. */
  readonly given: number;
}

/** The script of `python app.py`, or the module of `python -m package.app`. */
export function pythonScript(
  file: Dockerfile,
  stage: Stage,
  { words, instruction }: Start,
  world: Pick<World, 'files' | 'options'>,
): PythonScript | undefined {
  const [first, ...rest] = words;
  if (!first) return undefined;
  const read = (path: string): string | undefined => {
    const folder = startFolder(stage);
    if (folder === undefined) return undefined;
    const content = imageContent(file, stage, join(folder, path), world);
    return content.kind === 'file' ? world.files.read(content.path) : undefined;
  };
  if (/^(?:.*\/)?python[\d.]*$/.test(first.value)) {
    const at = rest.findIndex(({ value }) => !value.startsWith('-'));
    const word = rest[at];
    const text = word?.value.endsWith('.py') ? read(word.value) : undefined;
    return word && text !== undefined ? { text, word, python: first, path: word.value, given: rest.length - at - 1 } : undefined;
  }
  if (!/^[A-Za-z_][\w.]*$/.test(first.value) || !/\bpython[\d.]*["',\s]+(?:-\w["',\s]+)*-m\b/.test(instruction.body.text)) return undefined;
  for (const path of [`${first.value.replaceAll('.', '/')}.py`, `${first.value.replaceAll('.', '/')}/__main__.py`]) {
    const text = read(path);
    if (text !== undefined) return { text, word: first, path, given: rest.length };
  }
  return undefined;
}

/** A server that a script starts for its own container alone. */
export interface ScriptServer {
  /** The call: `uvicorn.run`. */
  readonly call: string;
  readonly port: string;
  /** The argument that opens it. */
  readonly add: string;
}

/** What `uvicorn.run(app)`, Flask's `app.run()` and Gradio's `launch()` do when no host is given, or that of the container itself. */
export function scriptServer(text: string, variables: { has(name: string): boolean }): ScriptServer | undefined {
  const code = text.replace(/^\s*#.*$/gm, '');
  const flask = /^(\w+)\s*(?::\s*\w+\s*)?=\s*(?:flask\.)?Flask\(/m.exec(code)?.[1];
  // `app.launch()` of a class of the script's own may call Gradio's with what it was given.
  const gradio =
    /^\s*(?:import gradio|from gradio)\b/m.test(code) &&
    !variables.has('GRADIO_SERVER_NAME') &&
    !/\bdef launch\b|\bserver_name\b(?!\s*=\s*["'](?:127|localhost))/.test(code);
  const calls = [...code.matchAll(/(\w+)\.(run|launch)\(((?:[^()]|\([^()]*\))*)\)/g)].flatMap(([, on = '', verb, args = '']) => {
    if (on === 'uvicorn' && verb === 'run') return [{ call: 'uvicorn.run', args, host: 'host', port: 'port', usual: '8000' }];
    if (on === flask && verb === 'run') return [{ call: `${on}.run`, args, host: 'host', port: 'port', usual: '5000' }];
    return gradio && verb === 'launch' ? [{ call: `${on}.launch`, args, host: 'server_name', port: 'server_port', usual: '7860' }] : [];
  });
  const [only, ...others] = calls;
  // Arguments from elsewhere may say it; several servers may be for several cases.
  if (!only || others.length || /\*\w/.test(only.args) || /\b(?:uds|fd|share)\s*=/.test(only.args)) return undefined;
  const argument = (name: string): string | undefined => new RegExp(`\\b${name}\\s*=\\s*([^,]+)`).exec(only.args)?.[1]?.trim();
  const host = argument(only.host);
  const port = argument(only.port) ?? only.usual;
  // Flask takes the host first, without its name.
  if (only.call !== 'uvicorn.run' && /^\s*[^\s=,][^=,]*(?:,|$)/.test(only.args)) return undefined;
  if ((host !== undefined && !/^["'](?:127\.0\.0\.1|localhost)["']$/.test(host)) || !/^\d+$/.test(port)) return undefined;
  return { call: only.call, port, add: `${only.host}="0.0.0.0"` };
}
