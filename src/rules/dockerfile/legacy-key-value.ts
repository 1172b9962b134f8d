import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'legacy-key-value',
  severity: 'hint',
  title: 'Write ENV and LABEL with =',
  why: 'The old form `ENV NAME value` takes the whole rest of the line as one value: a second pair, or a comment, becomes part of it.',
  also: ['buildkit:LegacyKeyValueFormat'],
  looksAt: ['ENV', 'LABEL'],
  examples: [
    { bad: 'FROM alpine:3.22\n«ENV MODE train»\n', good: 'FROM alpine:3.22\nENV MODE=train\n' },
    { bad: 'FROM alpine:3.22\n«ENV GREETING hello world»\n', good: 'FROM alpine:3.22\nENV GREETING="hello world"\n' },
    {
      title: 'blanks around the sign: it becomes part of the value',
      bad: 'FROM alpine:3.22\nENV MODE «= train»\nLABEL version «= "2.0"»\n',
      good: 'FROM alpine:3.22\nENV MODE=train\nLABEL version="2.0"\n',
    },
    { good: 'FROM alpine:3.22\nENV A=1 B="2 3"\n' },
  ],
  *check({ instructions, escape }) {
    for (const { keyword, pairs = [], span } of instructions.filter(({ keyword: each }) => each === 'ENV' || each === 'LABEL'))
      for (const { name, value, legacy } of pairs) {
        if (!legacy || !value) continue;
        const sign = /^=\s*(.*)$/s.exec(value.text);
        if (sign) {
          const meant = /^(?:"[^"]*"|'[^']*'|[^\s"'\\]+)$/.test(sign[1] ?? '') ? (sign[1] ?? '') : undefined;
          yield {
            span: value.span,
            severity: 'warning',
            message: `A blank before «=» makes it part of the value: ${name.text} is «${value.text}». Write ${name.text}=${meant ?? '…'}`,
            fixes:
              meant === undefined
                ? []
                : [
                    {
                      title: `Write ${name.text}=${meant}`,
                      safe: false,
                      edits: [{ span: { start: name.span.end, end: value.span.end }, text: `=${meant}` }],
                    },
                  ],
          };
          continue;
        }
        const exact = value.text.length === value.span.end - value.span.start;
        // A value with quotes or escapes of its own keeps its meaning only by hand.
        const text = /^[^\s"'\\#]+$/.test(value.text)
          ? value.text
          : /["'\\]/.test(value.text) || escape !== '\\'
            ? undefined
            : `"${value.text}"`;
        yield {
          span,
          message: `${keyword} ${name.text} is written in the old form: write ${keyword} ${name.text}=….`,
          fixes:
            exact && text !== undefined
              ? [
                  {
                    title: 'Write it with =',
                    safe: true,
                    edits: [{ span: { start: name.span.end, end: value.span.end }, text: `=${text}` }],
                  },
                ]
              : [],
        };
      }
  },
});
