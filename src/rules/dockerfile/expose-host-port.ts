import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'expose-host-port',
  severity: 'warning',
  title: 'Name only the container’s port in EXPOSE',
  why: 'EXPOSE publishes nothing: an address or a host port in it is passed over. `docker run -p 8080:80` or `ports:` publishes.',
  also: ['buildkit:ExposeInvalidFormat'],
  looksAt: ['EXPOSE'],
  examples: [
    { bad: 'FROM alpine:3.22\nEXPOSE «127.0.0.1:8080:80» «5000:5001/tcp» 8000\n', good: 'FROM alpine:3.22\nEXPOSE 80 5001/tcp 8000\n' },
    { title: 'a colon with nothing before it', bad: 'FROM alpine:3.22\nEXPOSE «:8080»\n', good: 'FROM alpine:3.22\nEXPOSE 8080\n' },
    { good: 'FROM alpine:3.22\nEXPOSE 8000-8010/tcp ${PORT:-80}\n' },
  ],
  *check({ instructions }) {
    for (const { keyword, args } of instructions) {
      if (keyword !== 'EXPOSE') continue;
      for (const { value, span } of args) {
        const plain = value.replace(/\$\{[^}]*\}|\$\w+/g, 'x');
        if (!plain.includes(':')) continue;
        const port = value.slice(value.lastIndexOf(':') + 1);
        yield {
          span,
          // BuildKit passes over a colon with nothing before it.
          ...(/^:+[^:]+$/.test(value) ? { also: [] } : {}),
          message: `EXPOSE publishes nothing, so the address or host port in «${value}» has no effect. Write ${port}.`,
          fixes: value.includes('$') ? [] : [{ title: `Write ${port}`, safe: true, edits: [{ span, text: port }] }],
        };
      }
    }
  },
});
