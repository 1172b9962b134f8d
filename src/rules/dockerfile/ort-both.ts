import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems } from '../shared/pins.ts';
import { ortBoth } from '../shared/pins/ortBoth.ts';
import { withoutShellWord } from '../shared/edits.ts';

export default dockerfileRule({
  ...ortBoth.about,
  looksAt: ['RUN pip'],
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install «onnxruntime» onnxruntime-gpu\n',
      good: 'FROM python:3.11\nRUN pip install onnxruntime-gpu\n',
    },
    { good: 'FROM python:3.11\nRUN pip install onnxruntime\n' },
    {
      title: 'one of them is taken away again',
      good: 'FROM python:3.11\nRUN pip install onnxruntime onnxruntime-gpu && pip uninstall -y onnxruntime-gpu && pip install --no-deps onnxruntime-gpu\n',
    },
  ],
  *check(file, world) {
    for (const problem of commandProblems(ortBoth, file, world)) {
      const run = file.instructions.find(({ span }) => span.start <= problem.span.start && problem.span.end <= span.end);
      // Whoever takes one of them away again knows.
      if (run && /\buninstall\b[^&|;]*onnxruntime/.test(run.body.text)) continue;
      yield { ...problem, fixes: [{ title: 'Keep onnxruntime-gpu alone', safe: false, edits: [withoutShellWord(file, problem.span)] }] };
    }
  },
});
