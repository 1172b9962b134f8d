import { stageAround } from '../../../dockerfile/scope.ts';
import { shellAt } from '../../../dockerfile/stageShell.ts';
import { scriptsOf } from '../../../dockerfile/shell/scripts.ts';
import type { Command, Joint, Script } from '../../../dockerfile/shell/model.ts';
import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import type { Span } from '../../../text/text.ts';

/** What a RUN's shell does, cut at its top: `a | b && (c; d)` has two steps. */
export interface Chain {
  readonly steps: readonly Step[];
  /** The steps with what stands around them, from the first to the end of the last. */
  readonly span: Span;
}

/** One command, pipeline or compound at the top of a script. */
export interface Step {
  readonly span: Span;
  /** As the shell reads it: continuations and the comments between their lines are gone. */
  readonly text: string;
  /** What joins it to the step before; `first` for the first. */
  readonly joint: Joint;
  readonly commands: readonly Command[];
}

/** The chain of a RUN in shell form; undefined for other forms and shells, heredocs, and scripts that are not complete. */
export function chainOf(file: Dockerfile, instruction: Instruction): Chain | undefined {
  const { keyword, json, heredocs, body } = instruction;
  if (keyword !== 'RUN' || json || heredocs.length) return undefined;
  const [script] = scriptsOf(file, instruction);
  return script && cut(script, body.text, body.offsetAt);
}

/** The chain of a RUN whose only argument is a heredoc. */
export function heredocChain(file: Dockerfile, instruction: Instruction): Chain | undefined {
  const [heredoc, ...others] = instruction.heredocs;
  if (instruction.keyword !== 'RUN' || !heredoc || others.length || !/^<<-?\s*\S+$/.test(instruction.body.text.trim())) return undefined;
  const [script] = scriptsOf(file, instruction);
  return script && cut(script, heredoc.text, (index) => heredoc.content.start + index);
}

function cut({ commands, operators, complete }: Script, text: string, offsetAt: (index: number) => number): Chain | undefined {
  if (!complete) return undefined;
  const cuts = operators.filter(({ joint, index }, at) => {
    const before = operators[at - 1];
    const inPipe = joint === 'newline' && before?.joint === '|' && !text.slice(before.index + before.length, index).trim();
    return joint !== '|' && !inPipe;
  });
  const steps: Step[] = [];
  let start = 0;
  let joint: Joint = 'first';
  for (const { index, length, joint: next } of [...cuts, { index: text.length, length: 0, joint: 'newline' as const }]) {
    const raw = text.slice(start, index);
    const from = start + raw.length - raw.trimStart().length;
    const to = start + raw.trimEnd().length;
    // A line of a script that is only a comment.
    if (to > from && text[from] !== '#') {
      const span = { start: offsetAt(from), end: offsetAt(to - 1) + 1 };
      const own = commands.filter(({ span: at }) => span.start <= at.start && at.start < span.end);
      const written = text.slice(from, to);
      // A comment hides what follows it on the line; where the text of a step ends is then not sure.
      const last = Math.max(0, ...own.map(({ span: at }) => at.end));
      const tail = last ? written.slice(Math.max(0, written.length - (span.end - last))) : written;
      if (/(?:^|\s)#/.test(tail)) return undefined;
      steps.push({ span, text: written, joint, commands: own });
      joint = next;
    } else if (joint === 'first' || joint === 'newline') joint = steps.length ? next : 'first';
    else if (next !== 'newline') return undefined;
    start = index + length;
  }
  const [first] = steps;
  const last = steps.at(-1);
  if (joint !== 'newline' && joint !== ';' && joint !== 'first') return undefined;
  return first && last ? { steps, span: { start: first.span.start, end: last.span.end } } : undefined;
}

const keepsState = new Set(
  'cd pushd popd export declare local readonly set source . umask alias unalias shopt trap unset exec exit return eval read wait ulimit hash shift getopts'.split(
    ' ',
  ),
);

/** Whether what follows in the same shell sees that a step has run: its folder, variables, options. */
export const changesShell = ({ commands, text }: Step): boolean =>
  /^\w+\s*\(\)|^function\s/.test(text) ||
  commands.some(
    ({ name, words, assignments, substituted, under }) =>
      !substituted &&
      !under.includes('(') &&
      (keepsState.has(name) ||
        (!words.length && assignments.length > 0) ||
        ((name === 'conda' || name === 'mamba' || name === 'micromamba') && /^(?:de)?activate$/.test(words[1]?.value ?? ''))),
  );

/** Whether a step makes the shell end at the first failure. */
export const stopsOnFailure = ({ commands }: Step): boolean =>
  commands.some(
    ({ name, words }) => name === 'set' && words.slice(1).some(({ value }) => /^-[A-Za-z]*e/.test(value) || value === 'errexit'),
  );

/** Whether the shell of an instruction is told to end at the first failure. */
export const shellStops = (file: Dockerfile, instruction: Instruction): boolean => {
  const stage = stageAround(file, instruction);
  return stage !== undefined && shellAt(file, stage, instruction).some((word) => /^-[A-Za-z]*e/.test(word) || word === 'errexit');
};

/** Whether failures inside a step count otherwise after `set -e` than in a chain: in brackets, loops, and lists that are not the last. */
export const hidesFailures = ({ commands, text }: Step): boolean =>
  // `((` may be arithmetic or two brackets, which only the shell finds out.
  /(?<!\$)\(\(/.test(text) ||
  commands
    .filter(({ substituted, depth }) => !substituted && depth > 0)
    .some(({ joint, under }, index) => {
      if (under.some((word) => /^(?:for|while|until|select|case|!)$/.test(word))) return true;
      // The first one is joined as the whole step is.
      return index > 0 && (/^(?:;|newline|&)$/.test(joint) || (/^(?:&&|\|\|)$/.test(joint) && !under.includes('(')));
    });
