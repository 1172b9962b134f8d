import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { sklearnPackage } from '../shared/pins/sklearnPackage.ts';

export default requirementsRule({
  ...sklearnPackage.about,
  examples: [
    { bad: 'numpy\n«sklearn»\n', good: 'numpy\nscikit-learn\n' },
    { bad: '«sklearn==0.0.post5»\n', good: 'scikit-learn\n' },
    { title: 'the one version that can be installed', good: 'sklearn==0.0\nscikit-learn==1.5.2\n' },
    {
      title: 'for another system only, a name that only begins so, a comment',
      good: 'sklearn ; sys_platform == "win32"\nsklearn-pandas==2.2.0\n# sklearn\n',
    },
    {
      title: 'a key of its own is named, not mended',
      path: 'Pipfile',
      bad: '[packages]\n«sklearn = "*"»\n',
    },
    { title: 'conda’s packages are others', path: 'environment.yml', good: 'dependencies:\n  - sklearn\n' },
  ],
  check: (file, world) => fileProblems(sklearnPackage, file, world),
});
