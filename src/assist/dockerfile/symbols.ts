import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { instructionSpec } from '../../dockerfile/instructions.ts';
import type { Symbol } from '../model.ts';
import { begunDirectives } from './begunDirectives.ts';

/** The outline of a Dockerfile: directives and instructions, those of a stage below its FROM. */
export function symbolsInDockerfile(file: Dockerfile): readonly Symbol[] {
  const { directives, instructions, stages, source } = file;
  const { text } = source;
  const top = [...directives, ...begunDirectives(file)].map(({ name, value, span }): Symbol => {
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
