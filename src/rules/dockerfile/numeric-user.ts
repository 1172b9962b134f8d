import { finalSections } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { usersAdded } from '../shared/users.ts';

export default dockerfileRule({
  id: 'numeric-user',
  severity: 'hint',
  enabled: false,
  title: 'Give USER a number where Kubernetes checks it',
  why: 'With `runAsNonRoot: true`, Kubernetes refuses an image whose user is a name, as it cannot know whether that is root. A number it can compare.',
  also: ['hadolint:DL3066'],
  reach: 'file',
  looksAt: ['USER', 'RUN useradd', 'RUN adduser', '* from='],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN useradd -u 10001 app\nUSER «app»\n',
      good: 'FROM python:3.12-slim\nRUN useradd -u 10001 app\nUSER 10001\n',
    },
    { good: 'FROM python:3.12-slim\nARG APP_UID\nUSER ${APP_UID}\n' },
    { title: 'only the last one counts', good: 'FROM python:3.12-slim\nUSER app\nUSER 10001:10001\n' },
  ],
  *check(file) {
    for (const { instructions } of finalSections(file)) {
      const user = instructions.findLast(({ keyword }) => keyword === 'USER')?.args[0];
      if (!user || /^(?:\d+|root)(?::.*)?$|\$/.test(user.value)) continue;
      const [name = '', group] = user.value.split(':');
      const uid = usersAdded(file).findLast((added) => added.name === name)?.uid;
      yield {
        span: user.span,
        message: `«${user.value}» is a name: where Kubernetes asks for runAsNonRoot, only a number will do.`,
        fixes:
          uid !== undefined && /^\d+$/.test(uid) && user.text === user.value
            ? [{ title: `Write ${uid}`, safe: true, edits: [{ span: user.span, text: group === undefined ? uid : `${uid}:${group}` }] }]
            : [],
      };
    }
  },
});
