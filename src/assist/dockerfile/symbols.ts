import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import type { Symbol } from '../model.ts';

/** The outline of a Dockerfile: directives and instructions, those of a stage below its FROM. */
export function symbolsInDockerfile({ directives, instructions, stages, source: { text } }: Dockerfile): readonly Symbol[] {
  const top = directives.map(({ name, value, span }): Symbol => {
    const start = text.toLowerCase().indexOf(name, span.start);
    return { name, kind: 'directive', detail: value, span, nameSpan: { start, end: start + name.length }, children: [] };
  });
  const symbol = (instruction: Instruction, children: readonly Symbol[] = []): Symbol => {
    const { keyword, span, keywordSpan, body } = instruction;
    return {
      name: keyword,
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
