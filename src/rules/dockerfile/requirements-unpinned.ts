import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems, namesPackages } from '../shared/pins.ts';
import { unpinned } from '../shared/pins/unpinned.ts';

export default dockerfileRule({
  ...unpinned.about,
  looksAt: namesPackages,
  examples: [
    { bad: 'FROM python:3.12\nRUN pip install «mlflow» psycopg2-binary\n' },
    { good: 'FROM python:3.12\nRUN pip install mlflow==3.4.0 psycopg2-binary\n' },
  ],
  check: (file, world) => commandProblems(unpinned, file, world),
});
