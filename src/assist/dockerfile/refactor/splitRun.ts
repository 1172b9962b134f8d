import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import { slice, type Edit, type Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { chainOf, changesShell, type Chain, type Step } from './chain.ts';
import { commentsIn, flagText, layoutOf, touched } from './layout.ts';

/** Cuts a RUN at its `&&`: at the one before the cursor, or at all of them. Not behind a `cd`, an `export` and the like, which the next RUN would not see. */
export function splitRun(file: Dockerfile, selection: Span): readonly Refactoring[] {
  const [run, other] = touched(file, selection);
  const chain = run && chainOf(file, run);
  if (!chain || other || chain.steps.some(({ joint }) => joint !== 'first' && joint !== '&&')) return [];
  const cuts = cutsOf(chain);
  const offer = (title: string, steps: readonly Step[]): Refactoring => ({ title, kind: 'rewrite', edits: edits(file, run, chain, steps) });
  const here = cuts.findLast(({ span }) => span.start <= selection.end);
  return [
    ...(here && cuts.length > 1 ? [offer('Split the RUN here', [here])] : []),
    ...(cuts.length ? [offer(`Split into ${cuts.length + 1} RUNs`, cuts)] : []),
  ];
}

/** The steps that may begin a RUN of their own. */
function cutsOf({ steps }: Chain): readonly Step[] {
  const keeps = steps.findIndex(changesShell);
  return steps.slice(1, keeps < 0 ? steps.length : keeps + 1);
}

function edits(file: Dockerfile, run: Instruction, { steps }: Chain, cuts: readonly Step[]): readonly Edit[] {
  const { newline } = layoutOf(file, run);
  const flags = flagText(file, run);
  const head = `${slice(file.source, run.keywordSpan)} ${flags}${flags && ' '}`;
  return cuts.map((step) => {
    const gap = { start: steps[steps.indexOf(step) - 1]?.span.end ?? step.span.start, end: step.span.start };
    const comments = commentsIn(file, gap).map((comment) => comment + newline);
    return { span: gap, text: newline + comments.join('') + head };
  });
}
