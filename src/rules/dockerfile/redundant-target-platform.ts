import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'redundant-target-platform',
  severity: 'info',
  title: 'Leave out --platform=$TARGETPLATFORM',
  why: 'The target platform is what FROM takes anyway.',
  also: ['buildkit:RedundantTargetPlatform', 'hadolint:DL3065'],
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM «--platform=$TARGETPLATFORM» alpine:3.22\n', good: 'FROM alpine:3.22\n' },
    {
      title: 'a default that is never needed',
      bad: 'FROM «--platform=${TARGETPLATFORM:-linux/amd64}» alpine:3.22\n',
      good: 'FROM alpine:3.22\n',
    },
    { good: 'FROM --platform=$BUILDPLATFORM alpine:3.22\n' },
  ],
  *check({ source, stages }) {
    for (const { from } of stages) {
      const flag = from.flags.find(
        ({ name, value }) =>
          name === 'platform' && /^(["']?)\$(?:TARGETPLATFORM|\{TARGETPLATFORM(?::?[-+?][^{}]*)?\})\1$/.test(value?.value ?? ''),
      );
      if (!flag) continue;
      const space = /^\s*/.exec(source.text.slice(flag.span.end))?.[0].length ?? 0;
      yield {
        span: flag.span,
        message: '$TARGETPLATFORM is the platform of FROM anyway.',
        fixes: [{ title: 'Leave it out', safe: true, edits: [{ span: { start: flag.span.start, end: flag.span.end + space }, text: '' }] }],
      };
    }
  },
});
