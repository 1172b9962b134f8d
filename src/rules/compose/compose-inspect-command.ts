import { composeRule } from '../../lint/rule.ts';
import { composeCall, insteadOf } from '../shared/composeCommand.ts';
import { commandWords } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'compose-inspect-command',
  severity: 'info',
  title: 'Call commands that Compose has',
  why: '`docker compose` has no such command: it prints its help and ends with an error. `docker compose inspect`, often written, does not exist: `docker inspect` shows a container, `docker compose config` the resolved file.',
  looksAt: ['command', 'entrypoint'],
  examples: [
    { bad: 'services:\n  probe:\n    image: docker:27\n    command: «docker compose inspect api»\n' },
    { good: 'services:\n  probe:\n    image: docker:27\n    command: docker compose ps\n' },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const words = commandWords(node);
      for (const [at, { value, node: place }] of words.entries()) {
        const found = value === 'docker' ? composeCall(words.slice(at)) : undefined;
        if (found?.kind === 'unknown')
          yield { span: place.span, message: `«docker compose» has no command «${found.word}»: ${insteadOf(found.word)}.` };
      }
    }
  },
});
