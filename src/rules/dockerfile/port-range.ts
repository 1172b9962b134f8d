import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'port-range',
  severity: 'error',
  enabled: false,
  title: 'Expose ports that exist',
  why: 'Ports are numbers up to 65535. A build refuses others; `syntax` reports it too.',
  also: ['hadolint:DL3011', 'trivy:DS008'],
  looksAt: ['EXPOSE'],
  examples: [
    { bad: 'FROM debian:12\nEXPOSE 8080 «80000»\n' },
    { bad: 'FROM debian:12\nEXPOSE «60000-70000/udp»\n' },
    { good: 'FROM debian:12\nEXPOSE 8080 53/udp 40000-60000/tcp ${PORT} 40000-${PORT}\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const { keyword, args } = outer.trigger ?? outer;
      if (keyword !== 'EXPOSE') continue;
      for (const { value, span } of args)
        if (/^[\d-]+(?:\/\w+)?$/.test(value) && (value.match(/\d+/g) ?? []).some((port) => Number(port) > 65535))
          yield { span, message: `«${value}»: ports go up to 65535.` };
    }
  },
});
