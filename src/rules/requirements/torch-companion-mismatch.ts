import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
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
    {
      title: 'in an extra of a project',
      path: 'pyproject.toml',
      bad: '[project]\ndependencies = ["torch==2.4.1"]\n\n[project.optional-dependencies]\nvision = ["«torchvision==0.18.0»"]\n',
      good: '[project]\ndependencies = ["torch==2.4.1"]\n\n[project.optional-dependencies]\nvision = ["torchvision==0.19.1"]\n',
    },
    {
      title: 'extras of which one is installed at a time',
      path: 'pyproject.toml',
      good: '[project.optional-dependencies]\nold = ["torch==2.4.1", "torchvision==0.19.1"]\nnew = ["torch==2.5.1", "torchvision==0.20.1"]\n',
    },
    {
      title: 'poetry',
      path: 'pyproject.toml',
      bad: '[tool.poetry.dependencies]\npython = "^3.11"\ntorch = "2.4.1"\n«torchvision = {version = "0.18.0", source = "pytorch"}»\n',
      good: '[tool.poetry.dependencies]\npython = "^3.11"\ntorch = "2.4.1"\ntorchvision = {version = "0.19.1", source = "pytorch"}\n',
    },
    {
      title: 'conda',
      path: 'environment.yml',
      bad: 'channels: [conda-forge]\ndependencies:\n  - pytorch=2.4\n  - «torchvision=0.18»\n',
      good: 'channels: [conda-forge]\ndependencies:\n  - pytorch=2.4\n  - torchvision=0.19.0\n',
    },
    { good: 'torch==2.4.0\ntorchvision>=0.18\n' },
    { title: 'for one platform only', good: 'torch==2.4.0\ntorchvision==0.18.0; sys_platform == "darwin"\n' },
  ],
  check: (file, world) => fileProblems(torchCompanions, file, world),
});
