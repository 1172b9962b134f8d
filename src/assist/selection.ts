import { stageAround } from '../dockerfile/scope.ts';
import type { Node } from '../compose/model.ts';
import type { Document } from '../document.ts';
import { lineAt, lineSpan, type Span } from '../text/text.ts';
import type { Dockerfile, Instruction } from '../dockerfile/model.ts';
import { mountsOf } from '../dockerfile/mounts.ts';
import { commandsOf } from '../dockerfile/shell/scripts.ts';
import { instructionAt } from './dockerfile/place.ts';

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** The parts of an instruction: arguments, flags and their fields, what a shell reads, texts within their quotes. */
function* partsOf(file: Dockerfile, instruction: Instruction, offset: number): Generator<Span> {
  const { span, keywordSpan, body, args, flags, pairs = [], json = [], heredocs } = instruction;
  yield* [span, keywordSpan, body.span];
  const words = [
    ...args,
    ...json,
    ...flags.flatMap(({ value }) => value ?? []),
    ...pairs.flatMap(({ name, value }) => [name, ...(value ? [value] : [])]),
  ];
  for (const word of words) yield* withInside(file, word.span);
  yield* [...flags, ...pairs, ...mountsOf(instruction).flatMap(({ fields }) => fields)].map((each) => each.span);
  yield* heredocs.map(({ content }) => content);
  for (const command of commandsOf(file, instruction)) {
    if (!holds(command.span, offset)) continue;
    yield command.span;
    for (const word of [...command.words, ...command.assignments]) yield* withInside(file, word.span);
    for (const redirect of command.redirects) yield redirect.span;
  }
}

/** A word, and what stands in its quotes. */
function* withInside({ source: { text } }: Document, span: Span): Generator<Span> {
  yield span;
  const quote = text[span.start];
  if (span.end - span.start > 1 && (quote === '"' || quote === "'") && text[span.end - 1] === quote)
    yield { start: span.start + 1, end: span.end - 1 };
}

/** What is selected when a selection grows from a place: the smallest span first. */
export function enclosing(document: Document, offset: number): readonly Span[] {
  const { source } = document;
  const spans: Span[] = [lineSpan(source, lineAt(source, offset)), { start: 0, end: source.text.length }];
  switch (document.language) {
    case 'dockerfile': {
      const instruction = instructionAt(document, offset);
      if (!instruction) break;
      spans.push(instruction.span);
      spans.push(...partsOf(document, instruction.trigger ?? instruction, offset));
      if (instruction.trigger) spans.push(instruction.keywordSpan);
      const stage = stageAround(document, instruction);
      if (stage) spans.push(stage.span);
      break;
    }
    case 'compose': {
      const visit = (node: Node): void => {
        spans.push(...withInside(document, node.span));
        if (node.kind === 'map')
          for (const { keySpan, value, merged } of node.entries) {
            const whole = { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) };
            if (merged || !holds(whole, offset)) continue;
            spans.push(whole, ...withInside(document, keySpan));
            visit(value);
          }
        else if (node.kind === 'list') for (const item of node.items) if (holds(item.span, offset)) visit(item);
      };
      document.documents.forEach(visit);
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
