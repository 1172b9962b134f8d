import { requirementsRule } from '../../lint/rule.ts';
import { filePins } from '../shared/pins.ts';
import { torchCompanions } from '../shared/pins/torchCompanions.ts';

export default requirementsRule({
  ...torchCompanions.about,
  examples: [
    { bad: 'torch==2.4.1\n«torchvision==0.18.0»\n', good: 'torch==2.4.1\ntorchvision==0.19.1\n' },
    {
      title: 'local versions are kept',
      bad: 'torch==2.5.1+cu121\n«torchaudio==2.4.0+cu121»\n',
      good: 'torch==2.5.1+cu121\ntorchaudio==2.5.1+cu121\n',
    },
    { good: 'torch==2.4.0\ntorchvision>=0.18\n' },
    { title: 'for one platform only', good: 'torch==2.4.0\ntorchvision==0.18.0; sys_platform == "darwin"\n' },
  ],
  check: (file, world) => torchCompanions.problems(filePins(file), world),
});
