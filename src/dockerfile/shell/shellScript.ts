import type { Dockerfile, Instruction } from '../model.ts';
import { asRead } from '../move.ts';
import { stageAround, type Variable, variablesAt } from '../scope.ts';
import { shellAt } from '../stageShell.ts';
import { sectionsOf } from '../sections.ts';
import { shellOf } from './scripts.ts';
import { Attached } from '../../text/attached.ts';
import { remembered } from '../../text/remembered.ts';

/** What the shell runs in a RUN, as a text of its own for a program that reads shell, with the way back to the Dockerfile. */
export interface ShellScript {
  readonly instruction: Instruction;
  readonly dialect: 'bash' | 'dash' | 'ksh';
  readonly text: string;
  /** Where a place of the text is in the file: line and column count from 1, columns in code points. Undefined for what we put in ourselves. */
  readonly offsetAt: (line: number, column: number) => number | undefined;
}

interface Line {
  readonly text: string;
  /** From an index in the line to the file; absent for a line of ours. */
  readonly offsetAt?: (index: number) => number;
}

const dialects: Readonly<Record<string, ShellScript['dialect']>> = { sh: 'dash', dash: 'dash', ash: 'dash', bash: 'bash', ksh: 'ksh' };

/** The scripts of a file's RUNs in file order; those of other shells (PowerShell, zsh, Python) left out. */
export const shellScripts = remembered((file: Dockerfile): readonly ShellScript[] =>
  sectionsOf(file).flatMap(({ instructions }) => instructions.flatMap((instruction) => scriptOf(file, instruction) ?? [])),
);

/** A script where its instruction was read. */
interface Written {
  readonly shell: string;
  readonly prelude: string;
  /** Absent for other shells. */
  readonly script?: Omit<ShellScript, 'instruction'>;
}

const known = new Attached<Instruction, Written>();

function scriptOf(file: Dockerfile, instruction: Instruction): ShellScript | undefined {
  if (instruction.keyword !== 'RUN' || instruction.json) return undefined;
  const origin = asRead(instruction);
  const shell = shellOf(file, instruction);
  const before = prelude(file, instruction);
  let written = known.get(origin);
  if (written?.shell !== shell || written.prelude !== before) known.set(origin, (written = write(origin, shell, before)));
  const { script } = written;
  if (!script) return undefined;
  const by = instruction.span.start - origin.span.start;
  return {
    ...script,
    instruction,
    offsetAt: (line, column) => {
      const offset = script.offsetAt(line, column);
      return offset === undefined ? undefined : offset + by;
    },
  };
}

function write({ body, heredocs }: Instruction, shell: string, prelude: string): Written {
  const none: Written = { shell, prelude };
  if (!body.text.trim()) return none;
  const [opener] = heredocs;
  const isScript = opener !== undefined && /^\d*<<-?\s*\S+$/.test(body.text.trim());
  const first = isScript ? /^#!\s*(\S+)(?:\s+(\S+))?/.exec(opener.text) : undefined;
  const interpreter = (first?.[1]?.endsWith('/env') ? first[2] : first?.[1]) ?? shell;
  const name = interpreter.replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
  const dialect = Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  if (!dialect) return none;
  const written = isScript
    ? linesOf(opener.text, (index) => opener.content.start + index)
    : [
        { text: body.text, offsetAt: body.offsetAt },
        ...heredocs.flatMap(({ text, content, terminator, name: end }): readonly Line[] => [
          ...linesOf(text, (index) => content.start + index),
          { text: end, offsetAt: (index) => (terminator?.start ?? content.end) + index },
        ]),
      ];
  // «#!» counts on the first line alone, and ours comes before it.
  const lines = written.map((line, at) => (at === 0 && line.text.startsWith('#!') ? { ...line, text: '#' } : line));
  // A directive before the first command is for the whole script: it stays before ours.
  const head = lines.findIndex(({ text }) => !/^\s*(?:#|$)/.test(text));
  const all = [...lines.slice(0, Math.max(head, 0)), { text: prelude }, ...lines.slice(Math.max(head, 0))];
  const offsetAt = (line: number, column: number): number | undefined => {
    const found: Line | undefined = all[line - 1];
    return found?.offsetAt?.(
      Array.from(found.text)
        .slice(0, column - 1)
        .join('').length,
    );
  };
  return { ...none, script: { dialect, text: `${all.map(({ text }) => text).join('\n')}\n`, offsetAt } };
}

/** Lines without what ends them. */
function linesOf(text: string, offsetAt: (index: number) => number): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const from = start;
    lines.push({ text: line.replace(/\r$/, ''), offsetAt: (index) => offsetAt(from + index) });
    start += line.length + 1;
  }
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
}

/** What holds before the script: the variables of ENV and ARG, and whether SHELL ends it at a failure. */
function prelude(file: Dockerfile, instruction: Instruction): string {
  const stage = stageAround(file, instruction);
  const exports = stage ? exported(variablesAt(file, stage, instruction)) : ':';
  const ends = stage && shellAt(file, stage, instruction).some((word) => /^-\w*e/.test(word) || word === 'errexit');
  return ends ? `set -e; ${exports}` : exports;
}

const exported = remembered((variables: ReadonlyMap<string, Variable>): string => {
  const names = [...variables.keys()].filter((name) => /^[A-Za-z_]\w*$/.test(name));
  return names.length ? `export ${names.map((name) => `${name}=1`).join(' ')}` : ':';
});
