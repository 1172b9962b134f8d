import { dockerfileRule } from '../../lint/rule.ts';
import { takesQuotes } from '../shared/edits.ts';
import { meantForGpu } from '../shared/meantForGpu.ts';
import { plainJax } from '../shared/plainJax.ts';
import { shippedStages } from '../shared/shipped.ts';
import { named, stagePackages } from '../shared/stagePackages.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'jax-without-cuda',
  severity: 'warning',
  title: 'Install jax with its CUDA part where there is a GPU',
  why: 'Plain `jax` computes on the CPU. It prints one line, «An NVIDIA GPU may be present on this machine, but a CUDA-enabled jaxlib is not installed», and goes on, a hundred times slower, while the GPU is held. `jax[cuda12]` brings the CUDA plugin.',
  reach: 'shipped',
  looksAt: pythonPackages,
  needs: pythonInstalls('jax'),
  examples: [
    {
      title: 'jaxlib from the page of links',
      good: 'FROM nvidia/cuda:11.8.0-base-ubuntu22.04\nRUN pip install jax==0.2.14 jaxlib==0.1.69+cuda$(cat /cuda) -f https://storage.googleapis.com/jax-releases/jax_cuda_releases.html\n',
    },
    {
      bad: 'FROM nvidia/cuda:12.6.3-base-ubuntu22.04\nRUN pip install «jax==0.4.30» flax\n',
      good: 'FROM nvidia/cuda:12.6.3-base-ubuntu22.04\nRUN pip install "jax[cuda12]==0.4.30" flax\n',
    },
    {
      files: { 'compose.yaml': 'services:\n  train:\n    build: .\n    gpus: all\n', 'requirements.txt': 'jax==0.4.30\n' },
      bad: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    {
      title: 'no GPU, or the plugin is there',
      good: 'FROM python:3.12-slim\nRUN pip install jax\nFROM nvidia/cuda:12.6.3-base-ubuntu22.04\nRUN pip install jax jax-cuda12-plugin\n',
    },
  ],
  *check(file, world) {
    for (const stage of shippedStages(file).slice(0, 1)) {
      const packages = stagePackages(file, stage, world);
      const plain = plainJax(
        packages.map(({ requirement }) => requirement),
        world.knowledge,
      );
      const found = plain && packages.find(({ requirement }) => requirement === plain.requirement);
      const why = found && meantForGpu(file, stage, world);
      if (!plain || !found || why === undefined) continue;
      // The page of links has the jaxlib with CUDA of before jax[cuda].
      if (found.install.options.some(({ name, value }) => /^(?:-f|--find-links)$/.test(name) && /jax/.test(value ?? ''))) continue;
      const { word } = found;
      const right = `jax[${plain.extra}]${plain.requirement.specifier}`;
      yield {
        span: word.span,
        message: `${why}, and ${named(found)} without its CUDA part computes on the CPU. Install jax[${plain.extra}].`,
        fixes:
          found.path === undefined && takesQuotes(file, found.install)
            ? [{ title: `Install jax[${plain.extra}]`, safe: false, edits: [{ span: word.span, text: `"${right}"` }] }]
            : [],
      };
    }
  },
});
