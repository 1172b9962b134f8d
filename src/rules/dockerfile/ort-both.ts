import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems } from '../shared/pins.ts';
import { ortBoth } from '../shared/pins/ortBoth.ts';
import { withoutShellWord } from '../shared/edits.ts';

export default dockerfileRule({
  ...ortBoth.about,
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install «onnxruntime» onnxruntime-gpu\n',
      good: 'FROM python:3.11\nRUN pip install onnxruntime-gpu\n',
    },
    { good: 'FROM python:3.11\nRUN pip install onnxruntime\n' },
  ],
  *check(file, world) {
    for (const problem of commandProblems(ortBoth, file, world))
      yield { ...problem, fixes: [{ title: 'Keep onnxruntime-gpu alone', safe: false, edits: [withoutShellWord(file, problem.span)] }] };
  },
});
