import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import { mountsOf } from '../../../dockerfile/mounts.ts';
import { slice, type Edit, type Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { chainOf, changesShell, shellStops, stopsOnFailure, type Chain } from './chain.ts';
import { commentsIn, layoutOf, touched } from './layout.ts';

/** Nobody wants more in one RUN, and it is worked out at every move of the cursor. */
const most = 12;

/** Joins neighbouring RUNs by `&&`: those that are selected, or the one at the cursor and the next, or all that stand together. */
export function mergeRuns(file: Dockerfile, selection: Span): readonly Refactoring[] {
  const here = touched(file, selection);
  const [first] = here;
  if (!first || here.some(({ keyword }) => keyword !== 'RUN')) return [];
  const at = file.instructions.indexOf(first);
  if (here.length > 1) return offer(file, here, `Merge these ${here.length} RUNs`);
  const next = file.instructions[at + 1];
  const pair = next?.keyword === 'RUN' ? offer(file, [first, next], 'Merge with the RUN below') : [];
  let [from, to] = [at, at + 1];
  while (file.instructions[from - 1]?.keyword === 'RUN') from--;
  while (file.instructions[to]?.keyword === 'RUN') to++;
  return [
    ...pair,
    ...(to - from > 2 && to - from <= most ? offer(file, file.instructions.slice(from, to), `Merge these ${to - from} RUNs`) : []),
  ];
}

function offer(file: Dockerfile, runs: readonly Instruction[], title: string): readonly Refactoring[] {
  const [first] = runs;
  const mounts = joinedMounts(file, runs);
  if (!first || !mounts) return [];
  const chains = runs.map((run) => chainOf(file, run));
  const { newline, indent, trailing } = layoutOf(file, first);
  const edits: Edit[] = [...mounts];
  for (const [index, chain] of chains.entries()) {
    const run = runs[index];
    const bracket = chain && run && brackets(file, run, chain, index, runs.length);
    if (!bracket) return [];
    const [open, close] = bracket;
    const before = chains[index - 1];
    if (before) {
      const gap = { start: before.span.end, end: chain.span.start };
      const comments = commentsIn(file, gap).map((comment) => `${indent}${comment}${newline}`);
      const line = trailing ? ` && ${file.escape}${newline}` : ` ${file.escape}${newline}`;
      edits.push({ span: gap, text: `${line}${comments.join('')}${indent}${trailing ? '' : '&& '}${open}` });
    } else if (open) edits.push({ span: { start: chain.span.start, end: chain.span.start }, text: open });
    if (close) edits.push({ span: { start: chain.span.end, end: chain.span.end }, text: close });
  }
  return [{ title, kind: 'rewrite', edits: inOrder(edits) }];
}

/** A closing bracket comes before the text that joins the next command at the same place. */
const inOrder = (edits: readonly Edit[]): readonly Edit[] => {
  const merged: Edit[] = [];
  for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const last = merged.at(-1);
    if (last && last.span.end === edit.span.start && last.span.start === last.span.end)
      merged[merged.length - 1] = { span: edit.span, text: last.text + edit.text };
    else merged.push(edit);
  }
  return merged;
};

/** What goes around a RUN so that it means the same between others; undefined when nothing does. */
function brackets(
  file: Dockerfile,
  run: Instruction,
  { steps }: Chain,
  index: number,
  count: number,
): readonly [string, string] | undefined {
  const loose = steps.some(({ joint }) => joint !== 'first' && joint !== '&&');
  const last = index === count - 1;
  if (steps.some(({ text, joint }) => joint === '&' || /(?<!&)&$/.test(text))) return undefined;
  // Inside a && list the shell does not end at a failure.
  if (loose && !last && (steps.some(stopsOnFailure) || shellStops(file, run))) return undefined;
  if (!last && steps.some(changesShell)) return ['(', ')'];
  return index && loose ? ['{ ', '; }'] : ['', ''];
}

/** The edits that give the first RUN the mounts of the others; undefined when their flags do not go together. */
function joinedMounts(file: Dockerfile, runs: readonly Instruction[]): readonly Edit[] | undefined {
  const text = ({ span }: { readonly span: Span }): string => slice(file.source, span);
  const others = runs.map(({ flags }) =>
    flags
      .filter(({ name }) => name !== 'mount')
      .map(text)
      .join(' '),
  );
  if (new Set(others).size > 1) return undefined;
  const [first, ...rest] = runs;
  if (!first) return undefined;
  const known = new Set(first.flags.map(text));
  const targets = new Set(mountsOf(first).flatMap(({ target }) => target ?? []));
  const added: string[] = [];
  for (const run of rest) {
    const flags = run.flags.filter(({ name }) => name === 'mount');
    for (const [index, flag] of flags.entries()) {
      if (known.has(text(flag))) continue;
      const target = mountsOf(run)[index]?.target;
      if (target !== undefined && targets.has(target)) return undefined;
      known.add(text(flag));
      if (target !== undefined) targets.add(target);
      added.push(text(flag));
    }
  }
  const end = first.flags.at(-1)?.span.end ?? first.keywordSpan.end;
  return added.length ? [{ span: { start: end, end }, text: added.map((flag) => ` ${flag}`).join('') }] : [];
}
