import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'copy-outside-context',
  severity: 'warning',
  title: 'Copy from inside the build context',
  why: 'A build sees only the folder it is given. `COPY ../src` does not leave it: it takes `src` in that folder, and `/home/me/src` is looked for in it too. Build from the folder above (`docker build -f sub/Dockerfile ..`), or give the other folder a name with --build-context.',
  looksAt: ['COPY', 'ADD'],
  examples: [
    {
      bad: 'FROM debian:12\nCOPY «../requirements.txt» «./../src» /app/\n',
      good: 'FROM debian:12\nCOPY requirements.txt src /app/\n',
    },
    { bad: 'FROM debian:12\nCOPY [«"C:\\\\Users\\\\me\\\\model.onnx"», "/models/"]\nADD «/home/me/data» /data\n' },
    {
      title: 'within the context, and from a stage',
      good: 'FROM debian:12 AS a\nFROM debian:12\nCOPY src/../requirements.txt /app/\nCOPY /src /src\nCOPY --from=a /home/me/x /x\nADD https://example.org/../x /x\n',
    },
  ],
  *check({ instructions }) {
    for (const outer of instructions) {
      const { keyword, args, flags } = outer.trigger ?? outer;
      if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) continue;
      for (const { text, value, span } of args.slice(0, -1)) {
        if (leaves(value)) {
          const inside = collapsed(value);
          const exact = span.end - span.start === text.length && !/^["']/.test(text);
          yield {
            span,
            severity: 'info',
            message: `«${value}» does not lead out of the build context: what is copied is «${inside}» in it. Say so, or build from the folder above with -f.`,
            fixes: exact ? [{ title: `Write ${inside}`, safe: true, edits: [{ span, text: inside }] }] : [],
          };
        } else if (/^(?:\/(?:home|Users)\/|[A-Za-z]:[\\/]|\/mnt\/[a-z]\/)/.test(value))
          yield {
            span,
            message: `«${value}» is looked for in the build context, not on this machine: a build sees nothing else. Put it there, or name its folder with --build-context.`,
          };
      }
    }
  },
});

/** Whether a path climbs out of the folder that it starts in. */
function leaves(path: string): boolean {
  if (!path.startsWith('.') && !path.includes('/../')) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

/** What a build makes of a path that climbs too high: it stops at the context. */
function collapsed(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.length ? `${parts.join('/')}${path.endsWith('/') ? '/' : ''}` : '.';
}
