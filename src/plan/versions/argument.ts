import type { Dockerfile, Word } from '../../dockerfile/model.ts';
import type { Edit } from '../../text/text.ts';

/** Gives an ARG or ENV another value, its quotes kept; undefined when it has none to replace, or one put together of others. */
export function valueEdit(file: Dockerfile, declaration: Word, value: string): readonly Edit[] | undefined {
  const pair = file.instructions.flatMap(({ pairs = [] }) => pairs).find(({ name }) => name.span.start === declaration.span.start);
  if (!pair?.value || pair.value.text.includes('$')) return undefined;
  const quote = /^["']/.exec(pair.value.text)?.[0] ?? '';
  return [{ span: pair.value.span, text: `${quote}${value}${quote}` }];
}
