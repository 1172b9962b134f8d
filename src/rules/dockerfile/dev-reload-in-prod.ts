import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { builtServices } from '../shared/builtServices.ts';
import { serviceMounts } from '../shared/published.ts';
import { reload } from '../shared/reloads.ts';
import { shippedStages } from '../shared/shipped.ts';
import { startCommands } from '../shared/startCommand.ts';
import { instructionLines } from '../shared/instructionLines.ts';

export default dockerfileRule({
  id: 'dev-reload-in-prod',
  severity: 'info',
  title: 'Start servers without reload and debug mode',
  why: 'With `--reload` a second process watches the files, and a model is loaded anew at every change; inside an image nothing changes. Flask’s debug mode runs whatever code a visitor types into its error page.',
  reach: 'shipped',
  looksAt: ['CMD', 'ENTRYPOINT', 'ENV FLASK_'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", «"--reload"»]\n',
      good: 'FROM python:3.12-slim\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0"]\n',
    },
    { bad: 'FROM python:3.12-slim\nCMD fastapi «dev» app.py\n', good: 'FROM python:3.12-slim\nCMD fastapi run app.py\n' },
    { bad: 'FROM python:3.12-slim\nENV «FLASK_DEBUG=1»\nCMD ["flask", "run"]\n', good: 'FROM python:3.12-slim\nCMD ["flask", "run"]\n' },
    { title: 'an image for development', good: 'FROM python:3.12-slim AS dev\nCMD ["uvicorn", "app:app", "--reload"]\n' },
    {
      title: 'the code is mounted',
      files: { 'compose.yaml': 'services:\n  a:\n    build: .\n    volumes: ["./src:/app/src"]\n' },
      good: 'FROM python:3.12-slim\nCMD ["uvicorn", "app:app", "--reload"]\n',
    },
  ],
  *check(file, world) {
    const [stage] = shippedStages(file);
    if (!stage || /dev|debug|local|test/i.test(`${file.source.path} ${stage.name?.value ?? ''}`)) return;
    if (builtServices(file, world).some(({ service }) => serviceMounts(service.node).some(({ type }) => type === 'bind'))) return;
    for (const { words, instruction } of startCommands(file, stage)) {
      const found = reload(words);
      const word = found && words[found.at];
      if (!found || !word) continue;
      const before = words[found.at - 1];
      const fix: Fix =
        word.value === 'dev'
          ? { title: 'Use fastapi run', safe: false, edits: [{ span: word.span, text: instruction.json ? '"run"' : 'run' }] }
          : {
              title: `Remove ${word.value}`,
              safe: false,
              edits: [{ span: { start: before?.span.end ?? word.span.start, end: word.span.end }, text: '' }],
            };
      yield {
        span: word.span,
        message: `«${found.what}» is for development: it watches files that never change in an image, and holds a model twice.`,
        fixes: [fix],
      };
    }
    for (const { keyword, pairs = [], span } of stage.instructions)
      if (keyword === 'ENV')
        for (const pair of pairs)
          if (
            (pair.name.value === 'FLASK_DEBUG' && /^(?:1|true)$/i.test(pair.value?.value ?? '')) ||
            (pair.name.value === 'FLASK_ENV' && pair.value?.value === 'development')
          )
            yield {
              span: pair.span,
              message: `«${pair.name.value}» puts Flask into debug mode: its error page runs whatever code a visitor types.`,
              fixes:
                pairs.length === 1
                  ? [
                      {
                        title: `Remove ${pair.name.value}`,
                        safe: false,
                        edits: [{ span: instructionLines(file.source, span), text: '' }],
                      },
                    ]
                  : [],
            };
  },
});
