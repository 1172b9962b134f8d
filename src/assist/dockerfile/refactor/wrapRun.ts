import type { Dockerfile } from '../../../dockerfile/model.ts';
import type { Edit, Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { chainOf } from './chain.ts';
import { layoutOf, touchedInside } from './layout.ts';

/** Puts every command of a RUN on a line of its own. */
export function wrapRun(file: Dockerfile, selection: Span): readonly Refactoring[] {
  const [run, other] = touchedInside(file, selection);
  const chain = run && chainOf(file, run);
  if (!chain || other) return [];
  const { more, trailing } = layoutOf(file, run);
  const edits = chain.steps.flatMap(({ span, joint }, index): readonly Edit[] => {
    const before = chain.steps[index - 1];
    if (!before) return [];
    const gap = { start: before.span.end, end: span.start };
    if (file.source.text.slice(gap.start, gap.end).includes('\n')) return [];
    switch (joint) {
      case '&&':
      case '||':
        return [{ span: gap, text: trailing ? ` ${joint}${more}` : `${more}${joint} ` }];
      case ';':
      case '&':
        return [{ span: gap, text: `${joint === ';' ? '' : ' '}${joint}${more}` }];
      default:
        return [];
    }
  });
  return edits.length ? [{ title: 'Put each command on its own line', kind: 'rewrite', edits }] : [];
}
