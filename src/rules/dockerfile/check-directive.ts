import { buildkitChecks } from '../../dockerfile/buildkitChecks.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';

export default dockerfileRule({
  id: 'check-directive',
  severity: 'warning',
  title: 'Write # check= as BuildKit reads it',
  why: 'BuildKit reads `# check=` up to the first blank and passes over names that it does not know: the checks that should be left out are still made, and `error=true` behind a blank fails no build.',
  also: [],
  reach: 'file',
  looksAt: ['FROM'],
  examples: [
    {
      title: 'a blank in the list',
      bad: '# check=«skip=JSONArgsRecommended, StageNameCasing;error=true»\nFROM alpine:3.22\n',
      good: '# check=skip=JSONArgsRecommended,StageNameCasing;error=true\nFROM alpine:3.22\n',
    },
    {
      title: 'a name that is none',
      bad: '# check=skip=«JSONArgRecommended»\nFROM alpine:3.22\n',
      good: '# check=skip=JSONArgsRecommended\nFROM alpine:3.22\n',
    },
    { title: 'with a reason behind it', good: '# check=skip=all # made by a program\nFROM alpine:3.22\n' },
  ],
  *check({ directives }) {
    for (const { name, value, valueSpan } of directives) {
      if (name !== 'check') continue;
      const read = /^\S*/.exec(value)?.[0] ?? '';
      const meant = value.replace(/\s*([,;=])\s*/g, '$1');
      if (read !== value && /^[\w,;=]+$/.test(meant)) {
        yield {
          span: valueSpan,
          message: `BuildKit reads this up to the first blank, «${read}», and passes over the rest. Write it without blanks.`,
          fixes: [{ title: 'Take out the blanks', safe: true, edits: [{ span: valueSpan, text: meant }] }],
        };
        continue;
      }
      for (const { 1: list = '', index, 0: whole } of read.matchAll(/(?:skip|experimental)=([^;]*)/g)) {
        let at = valueSpan.start + index + whole.length - list.length;
        for (const word of list.split(',')) {
          const span = { start: at, end: at + word.length };
          at = span.end + 1;
          if (!word || word === 'all' || buildkitChecks.includes(word)) continue;
          const right = buildkitChecks.find((check) => check.toLowerCase() === word.toLowerCase()) ?? nearest(word, buildkitChecks);
          yield {
            span,
            message: `BuildKit has no check «${word}», so this has no effect.${right === undefined ? '' : ` Did you mean ${right}?`}`,
            fixes: right === undefined ? [] : [{ title: `Write ${right}`, safe: false, edits: [{ span, text: right }] }],
          };
        }
      }
    }
  },
});
