import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'expose-proto-casing',
  severity: 'info',
  title: 'Write protocols in lower case',
  why: '`tcp` and `udp` are lower case everywhere else.',
  also: ['buildkit:ExposeProtoCasing'],
  looksAt: ['EXPOSE'],
  examples: [{ bad: 'FROM alpine:3.22\nEXPOSE «80/TCP» 53/udp\n', good: 'FROM alpine:3.22\nEXPOSE 80/tcp 53/udp\n' }],
  *check({ instructions }) {
    for (const { keyword, args } of instructions) {
      if (keyword !== 'EXPOSE') continue;
      for (const { value, text, span } of args) {
        const slash = value.lastIndexOf('/');
        if (slash >= 0 && !value.includes('$') && value.slice(slash) !== value.slice(slash).toLowerCase())
          yield {
            span,
            message: `Write the protocol of «${value}» in lower case.`,
            fixes: [{ title: 'Write it in lower case', safe: true, edits: [{ span, text: text.toLowerCase() }] }],
          };
      }
    }
  },
});
