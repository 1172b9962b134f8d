import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems, namesPackages } from '../shared/pins.ts';
import { sklearnPackage } from '../shared/pins/sklearnPackage.ts';

export default dockerfileRule({
  ...sklearnPackage.about,
  looksAt: namesPackages,
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install numpy «sklearn» pandas\n',
      good: 'FROM python:3.11\nRUN pip install numpy scikit-learn pandas\n',
    },
    {
      title: 'other ways to install',
      bad: 'FROM python:3.11\nRUN bash -lc "pip install numpy «sklearn»" && uv add «sklearn»\n',
      good: 'FROM python:3.11\nRUN bash -lc "pip install numpy scikit-learn" && uv add scikit-learn\n',
    },
    {
      title: 'the one version that can be installed, and the package itself; from an address',
      good: 'FROM python:3.11\nRUN pip install sklearn==0.0 scikit-learn && pip install "sklearn @ https://example.org/sklearn-1.0-py3-none-any.whl"\n',
    },
    {
      title: 'for another system only',
      good: 'FROM python:3.11\nRUN pip install "sklearn; sys_platform == \'win32\'"\n',
    },
  ],
  check: (file, world) => commandProblems(sklearnPackage, file, world),
});
