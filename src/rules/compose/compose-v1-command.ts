import { composeRule } from '../../lint/rule.ts';
import { replaceText } from '../shared/replaceText.ts';
import { composeCall } from '../shared/composeCommand.ts';
import { commandWords } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'compose-v1-command',
  severity: 'info',
  title: 'Call docker compose, not docker-compose',
  why: '`docker-compose` with a hyphen is Compose v1, written in Python and without updates since July 2023. It does not know `gpus`, `develop`, `include` and much else. Compose v2 is a plug-in of docker: `docker compose`.',
  looksAt: ['command', 'entrypoint'],
  examples: [
    {
      bad: 'services:\n  deploy:\n    image: docker:27\n    command: «docker-compose up -d»\n',
      good: 'services:\n  deploy:\n    image: docker:27\n    command: docker compose up -d\n',
    },
    { good: 'services:\n  deploy:\n    image: docker:27\n    command: docker compose up -d\n' },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const words = commandWords(node);
      for (const [at, { value, node: place }] of words.entries())
        if (value === 'docker-compose' && composeCall(words.slice(at))?.kind === 'v1')
          yield {
            span: place.span,
            message: '«docker-compose» is Compose v1, which gets no updates since July 2023. Call docker compose.',
            fixes: place.kind === 'scalar' && place.text !== value ? replaceText(file.source, place, 'docker compose', false, value) : [],
          };
    }
  },
});
