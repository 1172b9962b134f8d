import type { Instruction } from '../../dockerfile/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'instruction-uppercase',
  severity: 'hint',
  enabled: false,
  title: 'Write instructions in upper case',
  why: 'By custom, instructions are in upper case, so that they stand out from their arguments. A build does not mind; `instruction-casing` asks only that all are alike.',
  examples: [
    { bad: '«from» alpine:3.22\n«Run» true\n', good: 'FROM alpine:3.22\nRUN true\n' },
    { title: 'behind ONBUILD', bad: 'FROM alpine:3.22\nONBUILD «run» true\n', good: 'FROM alpine:3.22\nONBUILD RUN true\n' },
  ],
  *check({ source, instructions }) {
    const all: readonly Instruction[] = instructions.flatMap((each) => (each.trigger ? [each, each.trigger] : [each]));
    for (const { keyword, keywordSpan: span } of all) {
      const text = source.text.slice(span.start, span.end);
      if (text === keyword) continue;
      yield {
        span,
        message: `«${text}» is written ${keyword} by custom.`,
        fixes: text.length === keyword.length ? [{ title: `Write ${keyword}`, safe: true, edits: [{ span, text: keyword }] }] : [],
      };
    }
  },
});
