import { composeRule } from '../../lint/rule.ts';
import { imageServices } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'jupyter-dockerhub',
  severity: 'warning',
  title: 'Take the Jupyter images from quay.io',
  why: 'The Jupyter Docker Stacks moved to quay.io in October 2023. The images on Docker Hub have had no update since: no fixes, and an old Python.',
  looksAt: ['image', 'build'],
  examples: [
    {
      bad: 'services:\n  lab:\n    image: «jupyter/scipy-notebook:python-3.11»\n',
      good: 'services:\n  lab:\n    image: quay.io/jupyter/scipy-notebook:python-3.11\n',
    },
    { good: 'services:\n  lab:\n    image: quay.io/jupyter/pytorch-notebook:2025-10-20\n' },
  ],
  *check(file) {
    for (const { image, parts, node, literal } of imageServices(file)) {
      if (parts.registry !== 'docker.io' || !/^jupyter\/[a-z-]+-notebook$/.test(parts.name)) continue;
      const better = `quay.io/${image.replace(/^docker\.io\//, '')}`;
      yield {
        span: node.span,
        message: `«${image}» has had no update since October 2023: the Jupyter images are on quay.io/jupyter now.`,
        fixes: literal ? [{ title: `Use ${better}`, safe: false, edits: [{ span: node.span, text: better }] }] : [],
      };
    }
  },
});
