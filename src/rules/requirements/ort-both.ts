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
    {
      title: 'in a file that it includes, or that one includes',
      files: { 'base.txt': '-r core.txt\nnumpy\n', 'core.txt': 'onnxruntime==1.19.2\n' },
      bad: '«-r base.txt»\nonnxruntime-gpu==1.19.2\n',
    },
    {
      title: 'what the included file says by itself is said there',
      files: { 'base.txt': 'onnxruntime==1.19.2\nonnxruntime-gpu==1.19.2\n' },
      good: '-r base.txt\nnumpy\n',
    },
  ],
  *check(file, world) {
    for (const problem of fileProblems(ortBoth, file, world)) {
      const { source } = file;
      const { start, end } = lineSpan(source, lineAt(source, problem.span.start));
      const line = { start, end: Math.min(source.text.length, end + lineBreak(source).length) };
      yield file.format === 'pip' && file.requirements.some(({ span }) => span.start === problem.span.start)
        ? { ...problem, fixes: [{ title: 'Keep onnxruntime-gpu alone', safe: false, edits: [{ span: line, text: '' }] }] }
        : problem;
    }
  },
});
