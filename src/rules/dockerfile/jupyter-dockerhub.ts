import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';

export default dockerfileRule({
  id: 'jupyter-dockerhub',
  severity: 'warning',
  title: 'Take the Jupyter images from quay.io',
  why: 'The Jupyter Docker Stacks moved to quay.io in October 2023. The images on Docker Hub have had no update since: no fixes, and an old Python.',
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM «jupyter/scipy-notebook:python-3.11»\n', good: 'FROM quay.io/jupyter/scipy-notebook:python-3.11\n' },
    { good: 'FROM quay.io/jupyter/pytorch-notebook:2025-10-20\n' },
  ],
  *check(file, world) {
    for (const { image, parts, word, literal } of bases(file, world)) {
      if (parts.registry !== 'docker.io' || !/^jupyter\/[a-z-]+-notebook$/.test(parts.name)) continue;
      yield {
        span: word.span,
        message: `«${image}» has had no update since October 2023: the Jupyter images are on quay.io/jupyter now.`,
        fixes: literal
          ? [
              {
                title: `Use quay.io/${image}`,
                safe: false,
                edits: [{ span: word.span, text: `quay.io/${image.replace(/^docker\.io\//, '')}` }],
              },
            ]
          : [],
      };
    }
  },
});
