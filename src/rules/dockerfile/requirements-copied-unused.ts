import { dockerfileRule } from '../../lint/rule.ts';
import { textOf } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'requirements-copied-unused',
  severity: 'warning',
  title: 'Install the requirements file that is copied',
  why: 'The file is copied, and pip installs packages by name: what the file pins has no effect.',
  reach: 'file',
  examples: [
    { bad: 'FROM python:3.12-slim\nCOPY «requirements.txt» .\nRUN pip install mlflow psycopg2-binary\nCMD ["mlflow", "server"]\n' },
    { good: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n' },
    {
      title: 'a script may install it',
      good: 'FROM python:3.12-slim\nCOPY requirements.txt setup.sh ./\nRUN ./setup.sh && pip install mlflow\n',
    },
    {
      title: 'a later stage takes it',
      good: 'FROM python:3.12-slim AS base\nCOPY requirements.txt .\nRUN pip install uv\nFROM base\nRUN uv pip install -r requirements.txt\n',
    },
  ],
  *check(file) {
    const runs = file.instructions
      .filter(({ keyword }) => keyword !== 'COPY' && keyword !== 'ADD')
      .map(textOf)
      .join('\n');
    // Any mention, wildcard or script may be what installs it.
    if (
      !/\bpip3? install\b/.test(runs) ||
      /\.sh\b|\bmake\b|\*\.txt|\*requirements|pip-sync|\bnox\b|\btox\b|setup\.py|install \.|-e \.|entrypoint|dynamic|\binvoke\b|\bjust\b/.test(
        runs,
      )
    )
      return;
    for (const { keyword, args, flags, stage } of file.instructions) {
      if (keyword !== 'COPY' || stage === undefined || flags.some(({ name }) => name === 'from')) continue;
      for (const word of args.slice(0, -1)) {
        const name = word.value.slice(word.value.lastIndexOf('/') + 1);
        if (!/^requirements[\w.-]*\.txt$/.test(name)) continue;
        const base = (args.at(-1)?.value ?? '').replace(/^.*\//, '');
        if (runs.includes(name) || (base.endsWith('.txt') && runs.includes(base)) || /requirements/.test(runs)) continue;
        yield {
          span: word.span,
          message: `«${word.value}» is copied and never installed: what it pins has no effect. Use pip install -r ${name}.`,
        };
      }
    }
  },
});
