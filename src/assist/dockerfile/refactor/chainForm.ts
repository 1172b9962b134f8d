import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import { lineBreak, type Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { heredocChain, hidesFailures, shellStops, stopsOnFailure, type Step } from './chain.ts';
import { touchedInside } from './layout.ts';

/** Writes the script of a heredoc as a chain of commands joined by `&&`. */
export function chainForm(file: Dockerfile, selection: Span): readonly Refactoring[] {
  const [run, other] = touchedInside(file, selection);
  const chain = run && heredocChain(file, run);
  const [heredoc] = run?.heredocs ?? [];
  if (!chain || other || !heredoc?.terminator || file.escape !== '\\' || heredoc.chomp) return [];
  const { text } = file.source;
  const [first] = chain.steps;
  const stops = shellStops(file, run) || (first !== undefined && stopsOnFailure(first));
  // `set -e` alone has done its work when every command is joined by `&&`.
  const drop = first !== undefined && /^set\s+(?:-e|-o\s+errexit)$/.test(first.text);
  const steps = drop ? chain.steps.slice(1) : chain.steps;
  if (!steps.length || steps.some((step, index) => !fits(step, index, stops))) return [];
  const newline = lineBreak(file.source);
  const lines: string[] = [];
  let at = heredoc.content.start;
  for (const [index, step] of chain.steps.entries()) {
    const comments = commentLines(text.slice(at, step.span.start));
    at = step.span.end;
    lines.push(...comments.map((comment) => `    ${comment}`));
    if (drop && index === 0) continue;
    const written = text.slice(step.span.start, step.span.end).replace(/(&&|\|\|?)[ \t]*(\r?\n)/g, `$1 ${file.escape}$2`);
    lines.push(`    ${step === steps[0] ? '' : '&& '}${written} ${file.escape}`);
  }
  const after = commentLines(text.slice(at, heredoc.content.end)).map((comment) => newline + comment);
  const body = lines.join(newline).replace(/ \\$/, '');
  const lead = /^ {4}(?!#)/.test(body) ? body.slice(4) : `${file.escape}${newline}${body}`;
  const edits = [{ span: { start: bodyStart(run), end: heredoc.terminator.end }, text: lead + after.join('') }];
  const title = stops ? 'Write it as a && chain' : 'Write it as a && chain: any failure then ends the build';
  return [{ title, kind: 'rewrite', edits }];
}

const bodyStart = ({ body }: Instruction): number => body.offsetAt(body.text.length - body.text.trimStart().length);

/** Whether a step can stand on one logical line behind `&&`. */
function fits(step: Step, index: number, stops: boolean): boolean {
  const { text, joint, commands } = step;
  if (index && joint !== 'newline' && joint !== ';' && (stops || joint !== '&&')) return false;
  if (stops && hidesFailures(step)) return false;
  // Quotes, loops and heredocs over several lines need their line ends.
  if (/\n/.test(text.replace(/(?:\\|&&|\|\|?)[ \t]*\r?\n/g, ' ')) || /<</.test(text) || /'[^']*\n/.test(text)) return false;
  return !/^[!#]|#/.test(text.replace(/\$#|\$\{#|\S#/g, '')) && !commands.some(({ name }) => name === 'exit' || name === 'return');
}

const commentLines = (gap: string): readonly string[] => gap.split(/\r?\n/).flatMap((line) => /^\s*(#.*?)\s*$/.exec(line)?.[1] ?? []);
