import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { lineage } from '../../dockerfile/scope.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { nearestTorch, pythonRange, stagePython, unsupportedTorch } from '../shared/torchPython.ts';

export default dockerfileRule({
  id: 'torch-python-unsupported',
  severity: 'error',
  title: 'Match torch and Python',
  why: 'torch publishes wheels for some Python versions only, and no source archive. With another Python, pip answers «No matching distribution found for torch» after the whole image has been built up to there.',
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir «torch==2.1.0»\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.2.0\n',
    },
    {
      title: 'a pin in the requirements file',
      files: { 'requirements.txt': 'numpy<2\ntorch==2.3.1+cpu\n' },
      bad: 'ARG PY=3.13\nFROM python:${PY}-slim\nCOPY requirements.txt /tmp/\nRUN pip install -r «/tmp/requirements.txt»\n',
      good: 'FROM python:3.11-slim\nCOPY requirements.txt /tmp/\nRUN pip install -r /tmp/requirements.txt\n',
    },
    { title: 'another Python in the image', good: 'FROM python:3.13-slim\nRUN uv venv --python 3.11 && uv pip install torch==2.1.0\n' },
    { title: 'no pin, no problem', good: 'FROM python:3.13-slim\nRUN pip install "torch>=2.1"\n' },
  ],
  *check(file, { knowledge, files, options }) {
    for (const stage of file.stages) {
      const python = stagePython(knowledge, file, stage, options.buildArgs);
      if (!python) continue;
      for (const instruction of stage.instructions)
        for (const install of pipInstalls(file, instruction)) {
          if (install.options.some(({ name }) => name === '--python' || name === '--python-version' || name === '-p')) continue;
          for (const { requirement, word, path } of installedRequirements(file, stage, install, files).installed) {
            const release = unsupportedTorch(knowledge, requirement, python.version);
            if (!release) continue;
            const better = path === undefined ? nearestTorch(knowledge, release, python.version) : undefined;
            const newest = release.python.at(-1) ?? '';
            const image = lineage(stage).at(-1)?.image;
            const fixes: Fix[] = [];
            if (better && requirement.specifierSpan)
              fixes.push({
                title: `Use torch ${better.version}`,
                safe: false,
                edits: [{ span: word.span, text: word.text.replace(requirement.pinned ?? '', better.version) }],
              });
            if (image?.text.includes(`:${python.version}`))
              fixes.push({
                title: `Use Python ${newest}`,
                safe: false,
                edits: [{ span: image.span, text: image.text.replace(`:${python.version}`, `:${newest}`) }],
              });
            yield {
              span: word.span,
              message: `torch ${requirement.pinned ?? ''}${path === undefined ? '' : ` (in ${path.slice(path.lastIndexOf('/') + 1)})`} has wheels for Python ${pythonRange(release)}; «${python.image}» has ${python.version}, so pip finds nothing to install.`,
              fixes,
            };
          }
        }
    }
  },
});
