import { offsetIn, spanIn, type Logical } from './lines.ts';
import type { Body } from './model.ts';

/** What stands in a logical line from an index on. */
export function bodyOf(line: Logical, start: number): Body {
  const text = line.text.slice(start);
  const end = line.text.length;
  return {
    text,
    span: spanIn(line, start, end),
    line,
    offsetAt: (index) => (index >= text.length && text ? offsetIn(line, end - 1) + 1 : offsetIn(line, start + index)),
  };
}
