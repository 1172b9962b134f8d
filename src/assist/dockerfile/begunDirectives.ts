import type { Dockerfile } from '../../dockerfile/model.ts';
import { nearest } from '../../text/nearest.ts';
import { lineAt, type Span } from '../../text/text.ts';

/** A line at the top that is a comment to a build, and a directive being written to its author: one without its value, or misspelt. */
export interface BegunDirective {
  /** In lower case, as it is written. */
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly nameSpan: Span;
}

const names = ['syntax', 'escape', 'check'];

export const begunDirectives = ({ comments, directives, source }: Dockerfile): readonly BegunDirective[] =>
  comments.flatMap(({ text, span }) => {
    const [, written = '', value = ''] = /^([a-z]\w*)\s*=\s*(\S*)$/i.exec(text) ?? [];
    const name = written.toLowerCase();
    const known = names.includes(name) ? value === '' : value !== '' && name.length > 3 && nearest(name, names) !== undefined;
    if (!known || lineAt(source, span.start) > directives.length || directives.some((each) => each.span.start === span.start)) return [];
    const start = source.text.indexOf(written, span.start);
    return [{ name, value, span, nameSpan: { start, end: start + name.length } }];
  });
