import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { instructionSpec } from '../../dockerfile/instructions.ts';
import { lineAt } from '../../text/text.ts';
import type { Symbol } from '../model.ts';

/** The outline of a Dockerfile: directives and instructions, those of a stage below its FROM. */
export function symbolsInDockerfile({ directives, comments, instructions, stages, source }: Dockerfile): readonly Symbol[] {
  const { text } = source;
  // A directive without its value is a comment to a build, but what is being written to its author.
  const begun = comments
    .filter((comment) => /^(?:syntax|escape|check)\s*=$/i.test(comment.text) && lineAt(source, comment.span.start) <= directives.length)
    .map((comment) => ({ name: comment.text.replace(/\s*=$/, '').toLowerCase(), value: '', span: comment.span }));
  const top = [...directives, ...begun].map(({ name, value, span }): Symbol => {
    const start = text.toLowerCase().indexOf(name, span.start);
    return { name, kind: 'directive', detail: value, span, nameSpan: { start, end: start + name.length }, children: [] };
  });
  const symbol = (instruction: Instruction, children: readonly Symbol[] = []): Symbol => {
    const { keyword, span, keywordSpan, body } = instruction;
    return {
      // What is no instruction is shown as it is written.
      name: instructionSpec(keyword) ? keyword : text.slice(keywordSpan.start, keywordSpan.end).replace(/[\\`][ \t]*\r?\n/g, ''),
      kind: 'instruction',
      detail: body.text.replace(/\s+/g, ' ').slice(0, 80),
      span,
      nameSpan: keywordSpan,
      children,
    };
  };
  const before = instructions.filter(({ stage }) => stage === undefined).map((each) => symbol(each));
  const below = stages.map(({ from, instructions: inside, span, name }) => ({
    ...symbol(
      from,
      inside.map((each) => symbol(each)),
    ),
    span,
    ...(name && { detail: from.body.text }),
  }));
  return [...top, ...before, ...below];
}
