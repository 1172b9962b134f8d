import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'from-as-casing',
  severity: 'info',
  title: 'Write AS in the case of FROM',
  why: '`FROM` and `AS` belong together and read best in the same case.',
  also: ['buildkit:FromAsCasing'],
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM alpine:3.22 «as» build\n', good: 'FROM alpine:3.22 AS build\n' },
    { bad: 'from alpine:3.22 «AS» build\n', good: 'from alpine:3.22 as build\n' },
    { good: 'From alpine:3.22 as build\n' },
  ],
  *check({ source, stages }) {
    for (const { from } of stages) {
      const [, as] = from.args;
      const keyword = source.text.slice(from.keywordSpan.start, from.keywordSpan.end);
      const lower = keyword === keyword.toLowerCase();
      if (!as || from.args.length < 3 || (!lower && keyword !== keyword.toUpperCase())) continue;
      const wanted = lower ? 'as' : 'AS';
      if (as.text !== wanted)
        yield {
          span: as.span,
          message: `«${as.text}» stands beside «${keyword}»: write ${wanted}.`,
          fixes: [{ title: `Write ${wanted}`, safe: true, edits: [{ span: as.span, text: wanted }] }],
        };
    }
  },
});
