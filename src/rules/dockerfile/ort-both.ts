import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems } from '../shared/pins.ts';
import { ortBoth } from '../shared/pins/ortBoth.ts';

export default dockerfileRule({
  ...ortBoth.about,
  examples: [
    { bad: 'FROM python:3.11\nRUN pip install «onnxruntime» onnxruntime-gpu\n' },
    { good: 'FROM python:3.11\nRUN pip install onnxruntime\n' },
  ],
  check: (file, world) => commandProblems(ortBoth, file, world),
});
