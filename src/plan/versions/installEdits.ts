import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { pipInstalls, type PipInstall } from '../../dockerfile/packages/pip.ts';
import { variablesAt } from '../../dockerfile/scope.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { parseRequirement } from '../../python/requirements.ts';
import { torchBuild, torchIndex } from './torchIndex.ts';
import { lineAt, lineBreak, lineSpan, type Edit } from '../../text/text.ts';
import { valueEdit } from './argument.ts';
import type { Bound, Combination } from './framework.ts';
import { pinnedFor, requirementText } from './requirementEdits.ts';
import { baseName } from '../../text/paths.ts';

/** A `pip install` that brings something of a combination, by name or through a file. */
export interface Installing {
  readonly stage: Stage;
  readonly install: PipInstall;
  /** Requirements on the command line that are the combination's. */
  readonly operands: readonly ShellWord[];
}

const whole = (index: number): number => index;

/** The installs that bring what a combination pins; `files` are the names of requirements files that name it. */
export function installing(file: Dockerfile, combination: Combination, files: ReadonlySet<string>): readonly Installing[] {
  return file.stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction) =>
      pipInstalls(file, instruction).flatMap((install) => {
        const operands = install.operands.filter(({ value }) => {
          const name = parseRequirement(value.replace(/\$\{?\w+\}?/g, '0'), whole)?.name;
          return name !== undefined && pinnedFor(combination, name) !== undefined;
        });
        const reads = install.files.some(({ value }) => files.has(baseName(value)));
        return operands.length || reads ? [{ stage, install, operands }] : [];
      }),
    ),
  );
}

/** Pins on command lines, and the index that they are taken from. */
export function installEdits(file: Dockerfile, combination: Combination, found: readonly Installing[]): readonly Edit[] {
  return found.flatMap(({ stage, install, operands }) => [
    ...operands.flatMap((word) => operandEdits(file, stage, install.instruction, word, combination)),
    ...indexEdits(file, stage, install, combination),
  ]);
}

function operandEdits(
  file: Dockerfile,
  stage: Stage,
  instruction: Instruction,
  word: ShellWord,
  combination: Combination,
): readonly Edit[] {
  const variable = /^([\w.-]+)(\[[^\]]*\])?={2,3}\$\{?(\w+)\}?(?:\+\$\{?(\w+)\}?)?$/.exec(word.value);
  const requirement = parseRequirement(word.dynamic ? word.value.replace(/\$\{?\w+\}?/g, '0') : word.value, whole);
  const pinned = requirement && pinnedFor(combination, requirement.name);
  if (!pinned) return [];
  if (variable && !pinned.extras?.length && requirement.name === pinned.name) {
    const build = variable[4] === undefined || !combination.index ? [] : [[variable[4], combination.index.tag] as const];
    const edits = [[variable[3] ?? '', pinned.version] as const, ...build].map(([name, value]) => {
      const set = variablesAt(file, stage, instruction).get(name);
      const global = set && declared(file, set.declaration.span.start);
      return set?.value === value ? [] : global && valueEdit(file, global, value);
    });
    if (edits.every((edit) => edit !== undefined)) return edits.flat();
  }
  const text = requirementText(pinned, requirement, combination.index);
  if (text === word.value) return [];
  const quote = /^["']/.exec(word.text)?.[0] ?? (/[[*]/.test(text) ? '"' : '');
  return [{ span: word.span, text: `${quote}${text}${quote}` }];
}

/** The ARG with a value: one in a stage without its own has that from before the first FROM. */
function declared(file: Dockerfile, start: number): Parameters<typeof valueEdit>[1] | undefined {
  const pairs = file.instructions.flatMap(({ pairs: each = [] }) => each);
  const own = pairs.find(({ name }) => name.span.start === start);
  return own?.value ? own.name : pairs.find(({ name, value }) => value && name.value === own?.name.value)?.name;
}

/** Variables that name an index. */
const indexVariables = {
  pip: ['PIP_EXTRA_INDEX_URL', 'PIP_INDEX_URL'],
  uv: ['UV_TORCH_BACKEND', 'UV_EXTRA_INDEX_URL', 'UV_INDEX_URL', 'UV_INDEX', 'UV_DEFAULT_INDEX'],
} as const;

function indexEdits(file: Dockerfile, stage: Stage, install: PipInstall, { index, from }: Combination): readonly Edit[] {
  if (!index) return [];
  const edits: Edit[] = [];
  let named = false;
  for (const { name, value, valueWord } of install.options) {
    if (value === undefined || !valueWord) continue;
    if (name === '--torch-backend') {
      named = true;
      const at = valueWord.text.lastIndexOf(value);
      const start = valueWord.span.start + at;
      if (value !== index.tag) edits.push({ span: { start, end: start + value.length }, text: index.tag });
      continue;
    }
    if (!/^https?:\/\/download\.pytorch\.org\/whl\//.test(value)) continue;
    named = true;
    const written = torchBuild(value);
    const variable = /\/whl\/\$\{?(\w+)\}?\/?$/.exec(value)?.[1];
    const set = variable === undefined ? undefined : variablesAt(file, stage, install.instruction).get(variable);
    const global = set && declared(file, set.declaration.span.start);
    const inVariable = global && set.value !== index.tag ? valueEdit(file, global, index.tag) : undefined;
    if (inVariable) edits.push(...inVariable);
    else if (written !== undefined && written !== index.tag) {
      const start = valueWord.span.start + valueWord.text.indexOf(`/whl/${written}`) + '/whl/'.length;
      edits.push({ span: { start, end: start + written.length }, text: index.tag });
    }
  }
  for (const name of indexVariables[install.tool]) {
    const set = variablesAt(file, stage, install.instruction).get(name);
    const written = set?.value === undefined ? undefined : name === 'UV_TORCH_BACKEND' ? set.value : torchBuild(set.value);
    const global = set && declared(file, set.declaration.span.start);
    if (written === undefined || !set?.value || !global) continue;
    named = true;
    if (written !== index.tag)
      edits.push(
        ...(valueEdit(
          file,
          global,
          set.value.replace(written, () => index.tag),
        ) ?? []),
      );
  }
  // An image with the framework in it has the build already.
  if (named || index.pypi || from === 'whole') return edits;
  const at = install.verb.span.end;
  const options = install.tool === 'uv' ? [`--torch-backend=${index.tag}`] : ['--extra-index-url', torchIndex(index.tag)];
  const text = options.map((option) => (install.instruction.json ? `, ${JSON.stringify(option)}` : ` ${option}`)).join('');
  return [...edits, { span: { start: at, end: at }, text }];
}

/** A RUN that installs a combination where nothing does: before the code is copied, as the one who may. */
export function installLine(file: Dockerfile, combination: Combination, bounds: readonly Bound[]): readonly Edit[] {
  const stage = file.stages.at(-1);
  if (!stage) return [];
  const { source } = file;
  const newline = lineBreak(source);
  const early = new Set(['ARG', 'ENV', 'LABEL', 'SHELL', 'WORKDIR', 'MAINTAINER']);
  let last = stage.from;
  for (const instruction of stage.instructions) {
    if (!early.has(instruction.keyword)) break;
    last = instruction;
  }
  const { index } = combination;
  const packages = [
    ...combination.packages.filter(({ wanted }) => wanted).map((pinned) => requirementText(pinned, undefined, index)),
    ...bounds.map(({ name, below }) => `${name}<${below}`),
  ];
  const words = packages.map((text) => (/[[*<]/.test(text) ? `"${text}"` : text)).join(' ');
  const from = index && !index.pypi ? `--index-url https://download.pytorch.org/whl/${index.tag} ` : '';
  const at = lineSpan(source, lineAt(source, Math.max(last.span.start, last.span.end - 1))).end;
  const run = `RUN --mount=type=cache,target=/root/.cache/pip ${file.escape}${newline}    pip install ${from}${words}`;
  return [{ span: { start: at, end: at }, text: `${newline}${newline}${run}${source.text.slice(at).trim() ? '' : newline}` }];
}
