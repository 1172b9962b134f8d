import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { torchaudioNonexistent } from '../shared/pins/torchaudioNonexistent.ts';

export default requirementsRule({
  ...torchaudioNonexistent.about,
  examples: [{ bad: '«torchaudio==2.12.0»\n', good: 'torchaudio==2.11.0\n' }, { good: 'torchaudio==2.11.0\n' }],
  check: (file, world) => fileProblems(torchaudioNonexistent, file, world),
});
