import { stageAround } from '../../../dockerfile/scope.ts';
import type { Dockerfile, Instruction, Word } from '../../../dockerfile/model.ts';
import { shellAt } from '../../../dockerfile/stageShell.ts';
import { scriptsOf } from '../../../dockerfile/shell/scripts.ts';
import type { Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { touchedInside } from './layout.ts';

const keywords = new Set(['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK']);

/** What the container's first process comes from. */
const processes = new Set(['CMD', 'ENTRYPOINT']);

/** Shell form to JSON and back, for CMD, ENTRYPOINT, RUN and the command of HEALTHCHECK. */
export function jsonForm(file: Dockerfile, selection: Span): readonly Refactoring[] {
  const [instruction, other] = touchedInside(file, selection);
  if (!instruction || other || !keywords.has(instruction.keyword) || instruction.heredocs.length) return [];
  const { keyword, span, args } = instruction;
  const argument = keyword === 'HEALTHCHECK' ? args.slice(1) : args;
  if (keyword === 'HEALTHCHECK' && args[0]?.value.toUpperCase() !== 'CMD') return [];
  const [first] = argument;
  const last = argument.at(-1);
  // A comment between the lines would have no place in the other form.
  if (!first || !last || file.comments.some((comment) => span.start < comment.span.start && comment.span.start < span.end)) return [];
  const stage = stageAround(file, instruction);
  const shell = stage ? shellAt(file, stage, instruction) : ['/bin/sh', '-c'];
  if (instruction.json) return toShell(file, instruction, shell);
  const whole = { start: first.span.start, end: last.span.end };
  return toJson(file, instruction, shell, first).map(([title, words]) => ({
    title,
    kind: 'rewrite',
    edits: [{ span: whole, text: `[${words.map((word) => JSON.stringify(word)).join(', ')}]` }],
  }));
}

type Offer = readonly [title: string, words: readonly string[]];

/** One plain command needs no shell; anything else is handed to the shell that would have read it. */
function toJson(file: Dockerfile, instruction: Instruction, shell: readonly string[], { text }: Word): readonly Offer[] {
  const [script, another] = scriptsOf(file, instruction);
  const [command, ...more] = script?.commands ?? [];
  const offers: Offer[] = [];
  if (script?.complete && !another && command && !more.length && !script.operators.length && !/(?:^|\s)#/.test(text)) {
    const alone = !command.depth && !command.under.length && !command.redirects.length && command.words.length > 0;
    const plain = command.words.every(({ dynamic, quoted, text: word }) => !dynamic && (quoted || !/[*?[\]{}~]/.test(word)));
    if (alone && !command.assignments.length && plain && !builtins.has(command.name)) {
      // `exec` only hands the place over, as JSON does by itself.
      const words = command.name === 'exec' && command.words.length > 1 ? command.words.slice(1) : command.words;
      offers.push(['Write it as JSON', words.map(({ value }) => value)]);
    } else if (alone && !command.assignments.length && processes.has(instruction.keyword) && !builtins.has(command.name))
      offers.push(['Write it as JSON: the shell hands over with exec, so that signals arrive', [...shell, `exec ${text}`]]);
  }
  return offers.length || !shell.length ? offers : [['Write it as JSON, read by the shell', [...shell, text]]];
}

/** What only a shell can do. */
const builtins = new Set(
  'cd export source . set unset umask alias eval read trap wait ulimit shift exit return : [[ local declare type command pushd popd shopt'.split(
    ' ',
  ),
);

function toShell(
  { source }: Dockerfile,
  { json = [], keyword, keywordSpan }: Instruction,
  shell: readonly string[],
): readonly Refactoring[] {
  const [first] = json;
  const last = json.at(-1);
  if (!first || !last || !/sh$/.test(shell[0] ?? '')) return [];
  const values = json.map(({ value }) => value);
  const through = values.length === shell.length + 1 && shell.every((word, index) => word === values[index]);
  const script = values.at(-1) ?? '';
  const text = through ? script : values.map((value, index) => quoted(value, index === 0)).join(' ');
  // What would be read as a flag, as JSON or as a heredoc, or go over several lines.
  if (!text.trim() || /^(?:--|\[)|<<|[\r\n]|\\$/.test(text) || values.some((value) => value.includes('\0'))) return [];
  // Anything but the list itself inside its brackets is left alone.
  const open = source.text.lastIndexOf('[', first.span.start);
  const close = source.text.indexOf(']', last.span.end);
  if (open < keywordSpan.end || close < 0) return [];
  const handsOver = !through && processes.has(keyword);
  return [
    {
      title: 'Write it in shell form',
      kind: 'rewrite',
      edits: [{ span: { start: open, end: close + 1 }, text: handsOver ? `exec ${text}` : text }],
    },
  ];
}

/** A word for the shell; `NAME=value` in front would be an assignment. */
const quoted = (value: string, first: boolean): string =>
  /^[\w@%+=:,./-]+$/.test(value) && !(first && value.includes('=')) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
