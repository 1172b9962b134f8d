import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { requirementsRule } from '../../lint/rule.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { nearestTorch, pythonRange, stagePython, unsupportedTorch } from '../shared/torchPython.ts';

export default requirementsRule({
  id: 'torch-python-unsupported',
  severity: 'error',
  title: 'Match torch and Python',
  why: 'torch publishes wheels for some Python versions only. When a Dockerfile of the workspace installs this file with another Python, pip answers «No matching distribution found for torch».',
  examples: [
    {
      files: {
        Dockerfile: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': 'numpy<2\ntorch==2.1.0\n',
      },
      bad: 'numpy<2\n«torch==2.1.0»\n',
      good: 'numpy<2\ntorch==2.2.0\n',
    },
    { title: 'nothing installs it', files: { Dockerfile: 'FROM python:3.12-slim\n' }, good: 'torch==2.1.0\n' },
  ],
  *check(file, { knowledge, files, options, workspace }) {
    const reported = new Set<number>();
    for (const dockerfile of workspace.dockerfiles())
      for (const stage of dockerfile.stages) {
        const python = stagePython(knowledge, dockerfile, stage, options.buildArgs);
        if (!python) continue;
        const installs = stage.instructions.flatMap((instruction) => pipInstalls(dockerfile, instruction));
        const uses = installs.some((install) =>
          installedRequirements(dockerfile, stage, install, files).installed.some(({ path }) => path === file.source.path),
        );
        if (!uses) continue;
        for (const requirement of file.requirements) {
          const release = unsupportedTorch(knowledge, requirement, python.version);
          if (!release || reported.has(requirement.span.start)) continue;
          reported.add(requirement.span.start);
          const better = nearestTorch(knowledge, release, python.version);
          yield {
            span: requirement.span,
            message: `torch ${requirement.pinned ?? ''} has wheels for Python ${pythonRange(release)}; ${dockerfile.source.path} installs it with ${python.version} («${python.image}»).`,
            fixes:
              better && requirement.specifierSpan
                ? [
                    {
                      title: `Use torch ${better.version}`,
                      safe: false,
                      edits: [{ span: requirement.specifierSpan, text: `==${better.version}` }],
                    },
                  ]
                : [],
          };
        }
      }
  },
});
