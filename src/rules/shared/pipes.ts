import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { lineageOf, sectionsOf, type Section } from '../../dockerfile/sections.ts';
import { rootImage, stageAround } from '../../dockerfile/scope.ts';
import { shellAt } from '../../dockerfile/stageShell.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { scriptsOf } from '../../dockerfile/shell/scripts.ts';
import type { Fix } from '../../lint/rule.ts';
import { lineBefore } from './edits.ts';

/** For every RUN whose pipes hide failures: the commands on the left of a pipe. */
export function* hiddenFailures(file: Dockerfile): Generator<readonly [Command, ...Command[]]> {
  for (const section of sectionsOf(file))
    for (const instruction of section.instructions) {
      if (instruction.keyword !== 'RUN' || (!instruction.body.text.includes('|') && !instruction.heredocs.length)) continue;
      const shell = shellWords(section, instruction);
      if (hasPipefail(shell) || foreign.test(shell[0] ?? '')) continue;
      const [first, ...others] = leftOfPipes(file, instruction);
      if (first) yield [first, ...others];
    }
}

/** Whether a command fetches something, so that a failure leaves its reader with nothing. */
export const fetches = ({ name, words }: Command): boolean =>
  /^(?:curl|wget|aria2c|git|ssh|scp|aws|gsutil|gcloud|az|rclone|huggingface-cli|hf|gpg|pip[\d.]*|conda|npm)$/.test(name) ||
  (name === 'python' && words.some(({ value }) => value.includes('://')));

/** The shell that runs an instruction: what the JSON form calls, else the last SHELL of the stage and those below it. */
function shellWords(section: Section, instruction: Instruction): readonly string[] {
  if (instruction.json) return instruction.json.slice(0, -1).map(({ value }) => value);
  const shells = lineageOf(section).flatMap(({ instructions }) =>
    instructions.filter(({ keyword, span }) => keyword === 'SHELL' && span.start < instruction.span.start),
  );
  return shells.at(-1)?.json?.map(({ value }) => value) ?? [];
}

/** Dash, which is `sh` on Debian and Ubuntu before 2024, does not know pipefail. */
const hasPipefail = (words: readonly string[]): boolean =>
  /(?:^|\/)(?:bash|zsh|ash|ksh)$/.test(words[0] ?? '') &&
  words.some((word, at) => word === 'pipefail' && /^-[a-z]*o$/.test(words[at - 1] ?? ''));

/** Shells in which a pipe is another thing. */
const foreign = /(?:^|[/\\])(?:pwsh|powershell|cmd)(?:\.exe)?$/i;

/** The commands on the left of a pipe, as long as the script does not set pipefail. */
function leftOfPipes(file: Dockerfile, instruction: Instruction): readonly Command[] {
  const found: Command[] = [];
  for (const { commands } of scriptsOf(file, instruction)) {
    let before: Command | undefined;
    for (const command of commands) {
      if (command.name === 'set' && command.words.some(({ value }) => value === 'pipefail')) return found;
      if (command.joint === '|') found.push(before && before.span.end <= command.span.start ? before : command);
      before = command;
    }
  }
  return found;
}

/** SHELL before the RUN, where none was chosen yet: bash, or the ash of Alpine. */
export function setPipefail(file: Dockerfile, { span }: Command): readonly Fix[] {
  const instruction = file.instructions.find((each) => each.span.start <= span.start && span.start < each.span.end);
  const stage = instruction && stageAround(file, instruction);
  if (instruction?.keyword !== 'RUN' || instruction.json || !stage || shellAt(file, stage, instruction)[0] !== '/bin/sh') return [];
  const alpine = /(?:^|[/:-])alpine/.test(rootImage(file, stage) ?? '');
  const shell = alpine ? 'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]' : 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]';
  const edit = lineBefore(file, instruction, shell);
  return edit ? [{ title: `Set pipefail with ${shell}`, safe: false, edits: [edit] }] : [];
}
