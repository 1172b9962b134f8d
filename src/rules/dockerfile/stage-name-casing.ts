import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'stage-name-casing',
  severity: 'info',
  title: 'Write stage names in lower case',
  why: 'Stage names are compared without regard to case. In lower case they cannot be taken for instructions, and every mention looks the same.',
  also: ['buildkit:StageNameCasing'],
  looksAt: ['FROM'],
  examples: [
    {
      bad: 'FROM alpine:3.22 AS «BuildBase»\nFROM alpine:3.22\nCOPY --from=BuildBase /a /a\n',
      good: 'FROM alpine:3.22 AS buildbase\nFROM alpine:3.22\nCOPY --from=BuildBase /a /a\n',
    },
    { good: 'FROM alpine:3.22 AS build-base\n' },
  ],
  *check({ stages }) {
    for (const { name } of stages)
      if (name && name.value !== name.value.toLowerCase())
        yield {
          span: name.span,
          message: `The stage name «${name.value}» has capitals: «${name.value.toLowerCase()}» is what everyone expects.`,
          // However it is written where it is used, it is the same stage.
          fixes: [
            {
              title: `Write ${name.value.toLowerCase()}`,
              safe: true,
              edits: [{ span: name.span, text: name.text.toLowerCase() }],
            },
          ],
        };
  },
});
