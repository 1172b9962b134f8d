import { composeRule } from '../../lint/rule.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { baseName } from '../../text/paths.ts';

export default composeRule({
  id: 'pip-install-at-start',
  severity: 'warning',
  title: 'Install packages in an image, not at every start',
  why: 'The installation runs at each start: minutes of waiting, an outage when the package index is not reachable, and other versions than last time.',
  looksAt: ['command', 'entrypoint'],
  examples: [
    {
      bad: 'services:\n  mlflow:\n    image: python:3.12-slim\n    command: «bash -c "pip install mlflow && mlflow server --host 0.0.0.0"»\n',
    },
    {
      bad: 'services:\n  a:\n    image: python:3.12-slim\n    command: ["sh", "-c", «"pip install -r requirements.txt && python app.py"»]\n',
    },
    { good: 'services:\n  a:\n    image: python:3.12-slim\n    command: python -m http.server\n' },
  ],
  *check({ services }) {
    for (const { node } of services) {
      const words = commandWords(node);
      const at = words.findIndex(({ value }, index) => /^pip[\d.]*$/.test(baseName(value)) && words[index + 1]?.value === 'install');
      const word = words[at];
      if (word)
        yield {
          span: word.node.span,
          message:
            'pip installs at every start here: slow, in need of the package index, and each time perhaps another version. Build an image with these packages.',
        };
    }
  },
});
