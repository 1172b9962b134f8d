import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import { readOptions } from '../../../dockerfile/packages/options.ts';
import { pipInstalls } from '../../../dockerfile/packages/pip.ts';
import { systemInstalls } from '../../../dockerfile/packages/system.ts';
import type { Command, ShellWord } from '../../../dockerfile/shell/model.ts';
import { commandsOf, programOf } from '../../../dockerfile/shell/scripts.ts';
import { slice, type Edit, type Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { commentsIn, layoutOf, touchedInside } from './layout.ts';

/** One command that installs packages by name. */
interface Install {
  readonly command: Command;
  readonly verb: ShellWord;
  readonly packages: readonly ShellWord[];
}

/** Sorts the packages of the install at the cursor, where they stand or one a line. */
export function sortPackages(file: Dockerfile, selection: Span): readonly Refactoring[] {
  const [run, other] = touchedInside(file, selection);
  if (run?.keyword !== 'RUN' || other || run.json) return [];
  return installsOf(file, run).flatMap(({ command, verb, packages }) => {
    const { span } = command;
    if (span.start > selection.end || selection.start > span.end || packages.length < 2) return [];
    const order = packages.toSorted((a, b) => compare(a.value, b.value));
    const sorted = order.every((word, index) => word === packages[index]);
    const inPlace = packages.flatMap((word, index): readonly Edit[] => {
      const wanted = order[index]?.text ?? word.text;
      return wanted === word.text ? [] : [{ span: word.span, text: wanted }];
    });
    const comments = commentsIn(file, span).length > 0;
    const lines = oneALine(file, run, command, verb, packages, order);
    return [
      // A comment belongs to the package below it, which would move away from it.
      ...(sorted || comments || packages.some(({ text }) => /[\r\n]/.test(text)) ? [] : [refactoring('Sort the packages', inPlace)]),
      ...(lines && slice(file.source, lines.span) !== lines.text
        ? [refactoring(sorted ? 'Put each package on its own line' : 'Sort the packages, one a line', [lines])]
        : []),
    ];
  });
}

const refactoring = (title: string, edits: readonly Edit[]): Refactoring => ({ title, kind: 'rewrite', edits });

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const compare = (a: string, b: string): number => collator.compare(a, b);

/** Everything behind the verb anew: options in their order, then the packages, each with the comments above it. */
function oneALine(
  file: Dockerfile,
  run: Instruction,
  command: Command,
  verb: ShellWord,
  packages: readonly ShellWord[],
  order: readonly ShellWord[],
): Edit | undefined {
  const { newline, indent } = layoutOf(file, run);
  const inHeredoc = run.heredocs.some(({ content }) => content.start <= command.span.start);
  const escape = inHeredoc ? '\\' : file.escape;
  const rest = command.words.slice(command.words.indexOf(verb) + 1);
  const options = rest.filter((word) => !packages.includes(word));
  const last = rest.at(-1);
  // A redirection between the words would have to move.
  if (!last || command.redirects.some(({ span }) => span.start < last.span.end) || !command.words.includes(verb)) return undefined;
  const owned = new Map(packages.map((word) => [word, commentsIn(file, { start: before(rest, word, verb), end: word.span.start })]));
  if (options.some((word) => commentsIn(file, { start: before(rest, word, verb), end: word.span.start }).length)) return undefined;
  const step = `${inHeredoc ? '' : indent}    `.replaceAll(/ {4}/g, indent.includes('\t') ? '\t' : '    ');
  const lines = order.flatMap((word) => [
    ...(owned.get(word) ?? []).map((comment) => newline + step + comment),
    `${newline}${step}${word.text}`,
  ]);
  const text = lines
    .map((line, index) => (/^\r?\n\s*#/.test(line) ? line : index === lines.length - 1 ? line : `${line} ${escape}`))
    .join('');
  const head = options.map(({ text: option }) => ` ${option}`).join('');
  return { span: { start: verb.span.end, end: last.span.end }, text: `${head} ${escape}${text}` };
}

const before = (words: readonly ShellWord[], word: ShellWord, verb: ShellWord): number =>
  words[words.indexOf(word) - 1]?.span.end ?? verb.span.end;

const npmValued = new Set([
  '--prefix',
  '--registry',
  '--workspace',
  '-w',
  '--cache',
  '--userconfig',
  '--loglevel',
  '--tag',
  '--omit',
  '--include',
]);
const condaValued = new Set([
  '-n',
  '--name',
  '-p',
  '--prefix',
  '-c',
  '--channel',
  '-f',
  '--file',
  '--solver',
  '-r',
  '--root-prefix',
  '--repodata-fn',
]);

function installsOf(file: Dockerfile, run: Instruction): readonly Install[] {
  const pip = pipInstalls(file, run).map(({ command, verb, operands }) => ({ command, verb, packages: operands }));
  const system = systemInstalls(file, run).map(({ command, verb, packages }) => ({ command, verb, packages }));
  const others = commandsOf(file, run).flatMap((command): readonly Install[] => {
    const [head, ...args] = programOf(command);
    const program = /^(?:.*\/)?(npm|pnpm|yarn|conda|mamba|micromamba)$/.exec(head?.value ?? '')?.[1];
    if (program === undefined) return [];
    const { operands } = readOptions(args, /conda|mamba/.test(program) ? condaValued : npmValued);
    const [verb, ...packages] = operands;
    return verb && /^(?:install|i|add)$/.test(verb.value) ? [{ command, verb, packages }] : [];
  });
  return [...pip, ...system, ...others].filter(({ command }) => !command.substituted);
}
