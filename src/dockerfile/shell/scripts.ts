import { stageAround } from '../scope.ts';
import { perInstruction } from '../perInstruction.ts';
import { shellAt } from '../stageShell.ts';
import type { Body, Dockerfile, Instruction } from '../model.ts';
import { asRead } from '../move.ts';
import { remembered } from '../../text/remembered.ts';
import type { Command, Script, ShellWord } from './model.ts';
import { movedScript } from './move.ts';
import { parseShell } from './parse.ts';
import { baseName } from '../../text/paths.ts';

const posix = /(?:^|\/)(?:ba|da|a|z|k|)sh(?:\.exe)?$/;

/** What the shell does in an instruction (RUN, CMD, ENTRYPOINT, HEALTHCHECK CMD): one script, or one a heredoc. Empty for other shells (PowerShell, cmd). */
export const scriptsOf = perInstruction(read);

/** All commands of an instruction, in order. */
export const commandsOf = perInstruction((file, instruction) => scriptsOf(file, instruction).flatMap(({ commands }) => commands));

/** The program of the shell that runs an instruction's shell form. hadolint's `# hadolint shell=…` names it where SHELL does not. */
export function shellOf(file: Dockerfile, instruction: Instruction): string {
  const { span } = instruction;
  const host = stageAround(file, instruction);
  const [program, ...rest] = host ? shellAt(file, host, instruction) : ['/bin/sh'];
  if (program === undefined || (program === '/bin/sh' && rest.length <= 1)) {
    const said = file.comments.findLast((comment) => comment.span.start < span.start && /^hadolint\s+shell\s*=/.test(comment.text));
    if (said) return /=\s*([^\s#]+)/.exec(said.text)?.[1] ?? '';
  }
  return program ?? '';
}

const withScripts = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** Whether the commands of an instruction are known: it runs them itself, or a POSIX shell does. */
export const runsShell = (file: Dockerfile, instruction: Instruction): boolean =>
  withScripts.has(instruction.keyword) && (instruction.json !== undefined || posix.test(shellOf(file, instruction)));

function read(file: Dockerfile, instruction: Instruction): readonly Script[] {
  if (!runsShell(file, instruction)) return [];
  const { span } = instruction;
  const origin = asRead(instruction);
  const scripts = written(origin);
  const by = span.start - origin.span.start;
  return by === 0 ? scripts : scripts.map((script) => movedScript(script, by));
}

/** The same wherever the instruction stands, and read once. */
const written = remembered(({ keyword, json, body, heredocs, args }: Instruction): readonly Script[] => {
  if (json) return [execForm(json, body)];
  // `RUN <<EOF` alone: the heredoc is the script. `RUN python <<EOF`: it is the program's input.
  const [opener] = heredocs;
  if (opener && /^\d*<<-?\s*\S+$/.test(body.text.trim())) {
    const first = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(opener.text);
    const interpreter = first?.[1]?.endsWith('/env') ? first[2] : first?.[1];
    if (interpreter !== undefined && !posix.test(interpreter)) return [];
    return [parseShell(opener.text, (index) => opener.content.start + index)];
  }
  if (keyword !== 'HEALTHCHECK') {
    const script = parseShell(body.text, body.offsetAt);
    // `RUN bash <<EOF`: the shell reads its script from the heredoc.
    const fed = opener && heredocs.length === 1 && script.commands.length === 1 && readsScript(script.commands[0]);
    return fed ? [script, parseShell(opener.text, (index) => opener.content.start + index)] : [script];
  }
  if (args[0]?.value.toUpperCase() !== 'CMD') return [];
  const skip = /^\s*\S+\s*/.exec(body.text)?.[0].length ?? 0;
  return [parseShell(body.text.slice(skip), (index) => body.offsetAt(index + skip))];
});

/** Whether a command is a shell that reads its script from standard input. */
const readsScript = (command: Command | undefined): boolean =>
  command !== undefined && posix.test(command.name) && command.words.slice(1).every(({ value }) => /^-(?!.*c)/.test(value));

/** `["sh", "-c", "…"]` is what the shell does; any other JSON form is one command. */
function execForm(json: NonNullable<Instruction['json']>, body: Body): Script {
  const [program, option, text] = json;
  if (program && posix.test(program.value) && option && /^-[a-z]*c$/.test(option.value) && text) {
    let at = 0;
    for (const word of [program, option]) at = body.text.indexOf(word.text, at) + word.text.length;
    const start = body.text.indexOf(text.text, at);
    const written = start < 0 ? [] : writtenAt(text.text);
    return parseShell(text.value, (index) =>
      written.length ? body.offsetAt(start + (written[index] ?? text.text.length - 1)) : text.span.start,
    );
  }
  const words = json.map(({ text: written, value, span }): ShellWord => ({ text: written, value, dynamic: false, quoted: true, span }));
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return { commands: [], operators: [], complete: true };
  const span = { start: first.span.start, end: last.span.end };
  const name = baseName(first.value);
  return {
    commands: [{ name, words, assignments: [], redirects: [], joint: 'first', depth: 0, under: [], substituted: false, span }],
    operators: [],
    complete: true,
  };
}

/** For each character of a JSON string's value, where in the literal it is written. */
function writtenAt(literal: string): readonly number[] {
  const at: number[] = [];
  for (let index = 1; index < literal.length - 1; index += literal[index] !== '\\' ? 1 : literal[index + 1] === 'u' ? 6 : 2) at.push(index);
  return at;
}

const wrappers: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ugpCThrt]$/,
  env: /^-[uCS]$/,
  exec: /^-a$/,
  command: /^$/,
  nice: /^-n$/,
  time: /^-[fo]$/,
  nohup: /^$/,
  gosu: /^$/,
  eatmydata: /^$/,
  'dumb-init': /^$/,
  tini: /^$/,
};

/** A command without what only runs another (`sudo`, `env A=b`, `exec`, …): the words from the program on. */
export function programOf(command: Pick<Command, 'words'>): readonly ShellWord[] {
  let { words } = command;
  for (;;) {
    const [first] = words;
    const name = baseName(first?.value ?? '');
    const takesValue = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
    if (!takesValue || words.length < 2) return words;
    let at = 1;
    while (at < words.length && /^-|^[A-Za-z_]\w*=/.test(words[at]?.value ?? '')) at += takesValue.test(words[at]?.value ?? '') ? 2 : 1;
    if (name === 'gosu') at++;
    words = words.slice(at);
  }
}
