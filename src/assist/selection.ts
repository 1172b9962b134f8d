import type { Node } from '../compose/model.ts';
import type { Document } from '../document.ts';
import { lineAt, lineSpan, type Span } from '../text/text.ts';
import { instructionAt } from './dockerfile/place.ts';

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** What is selected when a selection grows from a place: the smallest span first. */
export function enclosing(document: Document, offset: number): readonly Span[] {
  const { source } = document;
  const spans: Span[] = [lineSpan(source, lineAt(source, offset)), { start: 0, end: source.text.length }];
  switch (document.language) {
    case 'dockerfile': {
      const instruction = instructionAt(document, offset);
      if (!instruction) break;
      spans.push(instruction.span, instruction.keywordSpan, instruction.body.span);
      spans.push(
        ...instruction.args.map(({ span }) => span),
        ...instruction.flags.flatMap(({ span, value }) => [span, ...(value ? [value.span] : [])]),
      );
      spans.push(...(instruction.pairs ?? []).flatMap(({ span, name, value }) => [span, name.span, ...(value ? [value.span] : [])]));
      spans.push(...(instruction.json ?? []).map(({ span }) => span), ...instruction.heredocs.map(({ content }) => content));
      const stage = instruction.stage === undefined ? undefined : document.stages[instruction.stage];
      if (stage) spans.push(stage.span);
      break;
    }
    case 'compose': {
      const visit = (node: Node): void => {
        spans.push(node.span);
        if (node.kind === 'map')
          for (const { keySpan, value, merged } of node.entries) {
            const whole = { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) };
            if (merged || !holds(whole, offset)) continue;
            spans.push(whole, keySpan);
            visit(value);
          }
        else if (node.kind === 'list') for (const item of node.items) if (holds(item.span, offset)) visit(item);
      };
      if (document.root) visit(document.root);
      break;
    }
    case 'requirements':
      spans.push(...document.requirements.flatMap(({ span, nameSpan }) => [span, nameSpan]));
      break;
    case 'dockerignore':
      spans.push(...document.patterns.flatMap(({ span, textSpan }) => [span, textSpan]));
      break;
    case 'devcontainer':
    case 'catalogue':
  }
  // Each must hold the one before it; a line may cut through an instruction.
  const inside = spans.filter((span) => holds(span, offset)).sort((a, b) => a.end - a.start - (b.end - b.start));
  return inside.reduce<Span[]>((chain, span) => {
    const last = chain.at(-1);
    if (last && (span.start > last.start || span.end < last.end || (span.start === last.start && span.end === last.end))) return chain;
    return [...chain, span];
  }, []);
}
