import { requirementsRule } from '../../lint/rule.ts';
import { lineAt, lineBreak, lineSpan } from '../../text/text.ts';
import { fileProblems } from '../shared/pins.ts';
import { ortBoth } from '../shared/pins/ortBoth.ts';

export default requirementsRule({
  ...ortBoth.about,
  examples: [
    { bad: 'numpy\n«onnxruntime»\nonnxruntime-gpu\n', good: 'numpy\nonnxruntime-gpu\n' },
    { title: 'in a project file', path: 'pyproject.toml', bad: '[project]\ndependencies = ["«onnxruntime»", "onnxruntime-gpu"]\n' },
    { good: 'onnxruntime-gpu==1.23.0\n' },
  ],
  *check(file, world) {
    for (const problem of fileProblems(ortBoth, file, world)) {
      const { source } = file;
      const { start, end } = lineSpan(source, lineAt(source, problem.span.start));
      const line = { start, end: Math.min(source.text.length, end + lineBreak(source).length) };
      yield file.format === 'pip'
        ? { ...problem, fixes: [{ title: 'Keep onnxruntime-gpu alone', safe: false, edits: [{ span: line, text: '' }] }] }
        : problem;
    }
  },
});
