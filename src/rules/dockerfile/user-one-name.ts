import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'user-one-name',
  severity: 'error',
  title: 'Name one user, and after a colon one group',
  why: 'USER takes all that stands on its line for one name: `USER app staff` asks for a user called «app staff», whom no image has, so nothing starts: «unable to find user». A group stands behind a colon.',
  looksAt: ['USER'],
  examples: [
    { bad: 'FROM debian:12\nUSER «app staff»\n', good: 'FROM debian:12\nUSER app:staff\n' },
    { good: 'FROM debian:12\nARG UID=1000\nUSER ${UID:-1000}:${GID:-1000}\nUSER "app"\n' },
  ],
  *check({ instructions }) {
    for (const { keyword, args } of instructions) {
      const [name] = args;
      if (keyword !== 'USER' || !name || /[$"'#\\]/.test(name.text)) continue;
      const [user = '', group, ...more] = name.text.trim().split(/\s*:\s*|\s+/);
      if (group === undefined || !/\s/.test(name.text.trim())) continue;
      const right = `${user}:${group}`;
      yield {
        span: name.span,
        message: `«${name.text.trim()}» is taken for the name of one user, whom no image has: nothing starts. A group stands behind a colon${more.length ? '' : `: ${right}`}.`,
        fixes: more.length ? [] : [{ title: `Write ${right}`, safe: false, edits: [{ span: name.span, text: right }] }],
      };
    }
  },
});
