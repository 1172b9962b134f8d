import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { Attached } from '../../text/attached.ts';
import { baseName } from '../../text/paths.ts';

/** One of the commands that a container of a stage starts, the words of ENTRYPOINT before those of CMD. */
export interface Start {
  /** The words from the program on: what only starts another is taken off. */
  readonly words: readonly ShellWord[];
  /** The instruction that its last word stands in. */
  readonly instruction: Instruction;
}

const known = new Attached<Stage, readonly Start[]>();

/** What a container of a stage starts when nobody says otherwise. */
export function startCommands(file: Dockerfile, stage: Stage): readonly Start[] {
  let starts = known.get(stage);
  if (!starts) known.set(stage, (starts = read(file, stage)));
  return starts;
}

function read(file: Dockerfile, stage: Stage): readonly Start[] {
  const instructions = allInstructions(stage);
  const entrypoint = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  const cmd = instructions.findLast(({ keyword }) => keyword === 'CMD');
  // An ENTRYPOINT takes back the CMD of the image below.
  const own = cmd && entrypoint && cmd.stage !== entrypoint.stage && (entrypoint.stage ?? 0) > (cmd.stage ?? 0) ? undefined : cmd;
  if (entrypoint?.json && own?.json && commandsOf(file, entrypoint).length === 1) {
    const [first] = commandsOf(file, entrypoint);
    const shell = /^(?:ba|da|a|z)?sh$/.test(entrypoint.json[0]?.value ?? '');
    if (first && !shell) {
      const rest = own.json.map(({ text, value, span }): ShellWord => ({ text, value, span, dynamic: false, quoted: true }));
      return [{ words: launched([...first.words, ...rest]), instruction: rest.length ? own : entrypoint }];
    }
  }
  const instruction = entrypoint ?? own;
  return instruction ? commandsOf(file, instruction).map((command) => ({ words: launched(command.words), instruction })) : [];
}

const runners = /^(?:tini|dumb-init|opentelemetry-instrument|ddtrace-run|xvfb-run|nohup|with-contenv|s6-setuidgid|catatonit)$/;

/** Takes off what only starts another program: `tini --`, `uv run`, `poetry run`, `conda run -n x`, `python -m`. */
export function launched<T extends { readonly value: string }>(given: readonly T[]): readonly T[] {
  let words = given;
  for (;;) {
    const name = baseName(words[0]?.value ?? '');
    const second = words[1]?.value ?? '';
    if (runners.test(name)) words = words.slice(skipOptions(words, 1));
    else if (/^(?:exec|env|nice|time|command|gosu|su-exec)$/.test(name)) {
      const rest = programOf({ words: words as unknown as readonly ShellWord[] });
      if (rest.length === words.length) return words;
      words = words.slice(words.length - rest.length);
    } else if (/^(?:uv|poetry|pipenv|hatch|pdm|rye|pixi)$/.test(name) && second === 'run') words = words.slice(skipOptions(words, 2));
    else if (/^(?:conda|mamba|micromamba)$/.test(name) && second === 'run') words = words.slice(skipOptions(words, 2));
    else if (/^python[\d.]*$/.test(name)) {
      const at = words.findIndex(({ value }) => value === '-m');
      if (at < 1 || words.slice(1, at).some(({ value }) => !value.startsWith('-'))) return words;
      return words.slice(at + 1);
    } else return words;
    if (!words.length) return words;
  }
}

const valued = /^(?:-n|-p|--name|--prefix|--cwd|--python|--with|--extra|--group|--project|--env-file|--directory)$/;

function skipOptions(words: readonly { readonly value: string }[], from: number): number {
  let at = from;
  while (at < words.length && (words[at]?.value ?? '').startsWith('-')) {
    if (words[at]?.value === '--') return at + 1;
    at += valued.test(words[at]?.value ?? '') ? 2 : 1;
  }
  return at;
}
