import { requirementsRule } from '../../lint/rule.ts';
import { join } from '../../text/paths.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { installers } from '../shared/installers.ts';
import { meantForGpu } from '../shared/meantForGpu.ts';
import { plainJax } from '../shared/plainJax.ts';
import { shippedStages } from '../shared/shipped.ts';
import { stagePackages } from '../shared/stagePackages.ts';

export default requirementsRule({
  id: 'jax-without-cuda',
  severity: 'warning',
  title: 'Install jax with its CUDA part where there is a GPU',
  why: 'Plain `jax` computes on the CPU and says so in one line of the log, while the GPU that the service reserves is held. `jax[cuda12]` brings the CUDA plugin. The rule speaks when an image that is meant for GPUs installs this file.',
  examples: [
    {
      files: {
        Dockerfile: 'FROM nvidia/cuda:12.6.3-base-ubuntu22.04\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': 'jax==0.4.30\n',
      },
      bad: 'flax\n«jax==0.4.30»\n',
      good: 'flax\njax[cuda12]==0.4.30\n',
    },
    {
      title: 'an extra that the image does not ask for',
      path: 'pyproject.toml',
      files: {
        Dockerfile: 'FROM nvidia/cuda:12.6.3-base-ubuntu22.04\nCOPY . .\nRUN pip install .\n',
        'pyproject.toml': '[project]\ndependencies = ["numpy"]\n[project.optional-dependencies]\njax = ["jax==0.4.30"]\n',
      },
      good: '[project]\ndependencies = ["numpy"]\n[project.optional-dependencies]\njax = ["jax==0.4.30"]\n',
    },
    { title: 'no image is known', good: 'jax==0.4.30\n' },
  ],
  *check({ source, requirements }, world) {
    const plain = plainJax(requirements, world.knowledge);
    if (!plain) return;
    const path = join('', source.path);
    for (const { dockerfile, stage, install } of installers(source.path, world)) {
      // An extra that is not asked for is not installed.
      const { installed } = installedRequirements(dockerfile, stage, install, world.files);
      if (!installed.some((each) => each.requirement.name === 'jax' && (each.pinnedIn ?? each.path) === path)) continue;
      const [last] = shippedStages(dockerfile);
      const why = last === stage ? meantForGpu(dockerfile, stage, world) : undefined;
      if (why === undefined || stagePackages(dockerfile, stage, world).some(({ requirement }) => /^jax-cuda/.test(requirement.name)))
        continue;
      const { nameSpan, span } = plain.requirement;
      yield {
        span,
        message: `${why}, and plain jax computes on the CPU. Ask for jax[${plain.extra}].`,
        fixes: plain.requirement.entry
          ? []
          : [
              {
                title: `Ask for jax[${plain.extra}]`,
                safe: false,
                edits: [{ span: { start: nameSpan.end, end: nameSpan.end }, text: `[${plain.extra}]` }],
              },
            ],
      };
      return;
    }
  },
});
