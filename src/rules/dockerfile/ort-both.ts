import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { dockerfileRule, type Problem, type World } from '../../lint/rule.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { commandProblems } from '../shared/pins.ts';
import { ortBoth } from '../shared/pins/ortBoth.ts';
import { named, stagePackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { withoutShellWord } from '../shared/edits.ts';

export default dockerfileRule({
  ...ortBoth.about,
  looksAt: pythonPackages,
  needs: pythonInstalls('onnxruntime'),
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install «onnxruntime» onnxruntime-gpu\n',
      good: 'FROM python:3.11\nRUN pip install onnxruntime-gpu\n',
    },
    { good: 'FROM python:3.11\nRUN pip install onnxruntime\n' },
    {
      title: 'one after the other',
      files: { 'requirements.txt': 'onnxruntime==1.20.1\n' },
      bad: 'FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r requirements.txt && pip install «onnxruntime-gpu»\n',
    },
    {
      title: 'two files in one command',
      files: { 'requirements.txt': 'onnxruntime==1.20.1\n', 'gpu.txt': 'onnxruntime-gpu==1.20.1\n' },
      bad: 'FROM python:3.11\nCOPY *.txt ./\nRUN pip install -r «requirements.txt» -r gpu.txt\n',
    },
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
      yield problem.fixes
        ? problem
        : { ...problem, fixes: [{ title: 'Keep onnxruntime-gpu alone', safe: false, edits: [withoutShellWord(file, problem.span)] }] };
    }
    for (const stage of file.stages) yield* inTurn(file, stage, world);
  },
});

/** Both of them in the same image, by several commands. What stands together is said where it stands. */
function* inTurn(file: Dockerfile, stage: Stage, world: World): Iterable<Problem> {
  const found = stagePackages(file, stage, world).filter(({ requirement }) => /^onnxruntime(?:-gpu)?$/.test(requirement.name));
  const own = found.filter((each) => each.stage === stage);
  const second = own.find((each) =>
    found.some((other) => other.install !== each.install && other.requirement.name !== each.requirement.name),
  );
  const last = own.at(-1);
  const together = found.some((each) =>
    found.some((other) => other.install === each.install && other.requirement.name !== each.requirement.name),
  );
  if (!second || !last || together || /\buninstall\b[^&|;]*onnxruntime/.test(stageText(stage))) return;
  yield {
    span: last.word.span,
    message: `${named(last)} goes over ${last.requirement.name === 'onnxruntime' ? 'onnxruntime-gpu' : 'onnxruntime'}, which another step installs: both are the same module, and what is left may lack the CUDA provider. Keep onnxruntime-gpu alone.`,
  };
}
