import type { Dockerfile, Instruction } from '../../src/dockerfile/model.ts';
import { explain, explainAll, type Explanation } from '../../src/diagnose/explain.ts';
import type { KnownError } from '../../src/knowledge/knowledge.ts';
import { lineSpan, type Span } from '../../src/text/text.ts';
import { fold, plain } from '../../src/text/terminal.ts';
import type { BuildProgress, BuildStep } from './progress.ts';

/** Why a build failed, at its place in the Dockerfile where one is known. */
export interface BuildFailure {
  /** The build's own sentence, without what only repeats that it failed. */
  readonly message: string;
  /** Absent when the build did not get as far as the Dockerfile. */
  readonly span?: Span;
  /** The last lines of what the failing step printed. */
  readonly output: readonly string[];
  readonly explanation?: Explanation;
}

export function failureOf(progress: BuildProgress, dockerfile: Dockerfile, errors: readonly KnownError[]): BuildFailure {
  const step = [...progress.steps.values()].findLast(
    ({ state, error }) => state === 'failed' && !/^(?:context )?cancell?ed/i.test(error ?? ''),
  );
  const said = progress.words.findLast((line) => line.startsWith('ERROR: ')) ?? progress.words.at(-1) ?? step?.error ?? '';
  const message = sentence(said || (step?.error ?? 'The build failed and said nothing.'));
  const output = step ? lastLines(step.output, 30) : [];
  const span =
    excerptSpan(progress.words, dockerfile) ??
    messageSpan(message, dockerfile) ??
    namedSpan(message, dockerfile) ??
    (step && stepSpan(step, dockerfile));
  const explanation = explainAll(output.join('\n'), errors, 1)[0] ?? explain(message, errors);
  const word = /^This command ended/.test(message) ? lastWord(output, explanation) : undefined;
  const told = word === undefined ? message : `${message.replace(/\.$/, '')}: ${word}`;
  return { message: told, ...(span && { span }), output, ...(explanation && { explanation }) };
}

/** BuildKit closes with an excerpt whose guilty lines are marked: `   8 | >>> RUN …`. The marks are counted, the text is not trusted. */
function excerptSpan(words: readonly string[], { source }: Dockerfile): Span | undefined {
  const marked = words.flatMap((line) => {
    const number = /^\s*(\d+) \| >>>/.exec(line)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  const [first] = marked;
  const last = marked.at(-1);
  if (first === undefined || last === undefined || last > source.lineStarts.length) return undefined;
  return trimmed({ start: lineSpan(source, first - 1).start, end: lineSpan(source, last - 1).end }, source.text);
}

/** Errors that name their line: `dockerfile parse error on line 2: …`. */
function messageSpan(message: string, { source }: Dockerfile): Span | undefined {
  const line = /(?:parse error )?on line (\d+)/.exec(message)?.[1];
  if (line === undefined || Number(line) > source.lineStarts.length) return undefined;
  return trimmed(lineSpan(source, Number(line) - 1), source.text);
}

/** Errors that name what is wrong and no line: a stage, a mount type, an image that cannot be had. */
function namedSpan(message: string, { instructions }: Dockerfile): Span | undefined {
  const [, stage, mount, image] =
    /(?:stage index (\S+)$|mount type "([^"]+)"|^([^\s:]+(?::[^\s:]+)?): failed to resolve source)/.exec(message) ?? [];
  const named = stage ?? mount ?? image;
  if (named === undefined) return undefined;
  const values = ({ flags }: Instruction): readonly string[] => flags.flatMap(({ value }) => value?.value.split(/[,=]/) ?? []);
  const exact = instructions.find((one) => values(one).includes(named) || (one.keyword === 'FROM' && one.args[0]?.value === named));
  return exact?.span;
}

/** For builders that print no excerpt: the step's name says the stage, its place in the stage and the instruction. */
export function stepSpan({ name }: BuildStep, dockerfile: Dockerfile): Span | undefined {
  const [, where = '', said = ''] = /^\[([^\]]*)\] (.*)$/s.exec(name) ?? [];
  // A heredoc's first lines follow it in brackets.
  const wanted = squeeze(said.replace(/^ONBUILD /, '').replace(/(<<-?["']?\w+["']?) \(.*\)$/s, '$1'));
  const [, stageName, at] = /^(?:(?:[\w.]+\/[\w./]+)? ?(?:(\S+) )?)?(\d+)\/\d+$/.exec(where) ?? [];
  const stages = dockerfile.stages.filter(
    ({ name: own, index }) => !stageName || own?.value.toLowerCase() === stageName.toLowerCase() || `stage-${index}` === stageName,
  );
  const inStages = (stages.length ? stages : dockerfile.stages).flatMap(({ from, instructions }) => [from, ...instructions]);
  const exact = inStages.filter((instruction) => squeeze(textOf(instruction)) === wanted);
  const found = nearest(
    exact.length ? exact : inStages.filter((instruction) => wanted && squeeze(textOf(instruction)).startsWith(wanted.slice(0, 40))),
    Number(at ?? 0),
    inStages,
  );
  if (found) return found.span;
  // What runs without standing in the file was triggered by the FROM of its stage.
  return /^ONBUILD /.test(said) ? stages.at(-1)?.from.span : undefined;
}

function nearest(candidates: readonly Instruction[], at: number, all: readonly Instruction[]): Instruction | undefined {
  const counted = all.filter(({ keyword }) => ['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR'].includes(keyword));
  return candidates.toSorted((a, b) => Math.abs(counted.indexOf(a) + 1 - at) - Math.abs(counted.indexOf(b) + 1 - at))[0];
}

const textOf = ({ keyword, flags, body }: Instruction): string =>
  [keyword, ...flags.map(({ name, value }) => (value ? `--${name}=${value.text}` : `--${name}`)), body.text].join(' ');
const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

function sentence(text: string): string {
  return text
    .replace(/^ERROR: /, '')
    .replace(/^(?:failed to (?:build|solve): )+/, '')
    .replace(/^process "(?:\/bin\/sh -c )?.*" did not complete successfully: exit code: (\d+)/s, 'This command ended with exit code $1.');
}

/** The line that says most: the one that is known, else the last one. */
function lastWord(output: readonly string[], explanation: Explanation | undefined): string | undefined {
  const known = explanation && output.findLast((line) => line.includes(explanation.found));
  const word = (known ?? output.at(-1))?.trim();
  return word && word.length > 300 ? `${word.slice(0, 300)}…` : word;
}

function lastLines(output: string, count: number): readonly string[] {
  return output
    .split('\n')
    .map((line) => plain(fold(line)).trimEnd())
    .filter(Boolean)
    .slice(-count);
}

/** From the first character that is no space to the last, so that an underline looks right. */
function trimmed({ start, end }: Span, text: string): Span {
  const part = text.slice(start, end);
  const from = start + (part.length - part.trimStart().length);
  return { start: from, end: Math.max(from, start + part.trimEnd().length) };
}
