import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems, namesPackages } from '../shared/pins.ts';
import { torchaudioNonexistent } from '../shared/pins/torchaudioNonexistent.ts';

export default dockerfileRule({
  ...torchaudioNonexistent.about,
  looksAt: namesPackages,
  examples: [
    {
      bad: 'FROM python:3.12\nRUN pip install torch==2.12.0 «torchaudio==2.12.0»\n',
      good: 'FROM python:3.12\nRUN pip install torch==2.12.0 torchaudio==2.11.0\n',
    },
  ],
  check: (file, world) => commandProblems(torchaudioNonexistent, file, world),
});
