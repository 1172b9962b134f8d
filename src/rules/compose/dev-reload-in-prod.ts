import { environmentOf } from '../../compose/insert.ts';
import { composeRule } from '../../lint/rule.ts';
import { dropWord } from '../shared/dropWord.ts';
import { serviceMounts } from '../shared/published.ts';
import { reload } from '../shared/reloads.ts';
import { replaceText } from '../shared/replaceText.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { launched } from '../shared/startCommand.ts';
import { baseName } from '../../text/paths.ts';

export default composeRule({
  id: 'dev-reload-in-prod',
  severity: 'info',
  title: 'Start servers without reload and debug mode',
  why: 'With `--reload` a second process watches the files, and a model is loaded anew at every change. That is for code that is mounted from the host; a service without such a mount watches files that never change. Flask’s debug mode runs whatever code a visitor types into its error page.',
  looksAt: ['command', 'entrypoint', 'environment', 'volumes'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    command: ["uvicorn", "app:app", «"--reload"»]\n',
      good: 'services:\n  api:\n    image: api:1\n    command: ["uvicorn", "app:app"]\n',
    },
    {
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      FLASK_DEBUG: «"1"»\n',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      FLASK_DEBUG: "0"\n',
    },
    {
      title: 'the code is mounted',
      good: 'services:\n  api:\n    image: api:1\n    command: uvicorn app:app --reload\n    volumes: ["./src:/app/src"]\n',
    },
    { good: 'services:\n  api:\n    image: api:1\n    command: uvicorn app:app\n    environment: ["FLASK_DEBUG=0"]\n' },
  ],
  *check(file) {
    if (/dev|debug|local|test|override/i.test(baseName(file.source.path))) return;
    for (const { node, name } of file.services) {
      if (/dev|debug/i.test(name) || serviceMounts(node).some(({ type }) => type === 'bind')) continue;
      const words = launched(commandWords(node));
      const found = reload(words);
      const word = found && words[found.at];
      if (found && word)
        yield {
          span: word.node.span,
          message: `«${found.what}» is for development, and no code is mounted here: it watches files that never change, and holds a model twice.`,
          fixes:
            found.what === 'fastapi dev'
              ? word.node.kind === 'scalar'
                ? replaceText(file.source, word.node, 'fastapi run', false, 'fastapi dev')
                : []
              : dropWord(file.source, node, word, true),
        };
      const debug = environmentOf(node).get('FLASK_DEBUG');
      if (debug && /^(?:1|true)$/i.test(debug.value ?? ''))
        yield {
          span: debug.node.span,
          message: 'FLASK_DEBUG puts Flask into debug mode: its error page runs whatever code a visitor types.',
          fixes: debug.node.kind === 'scalar' ? replaceText(file.source, debug.node, debug.node.text.replace(/[^=]*$/, '0'), true) : [],
        };
    }
  },
});
