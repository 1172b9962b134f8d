import { composeRule } from '../../lint/rule.ts';
import { removedBitnami } from '../shared/bitnami.ts';
import { imageServices } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'bitnami-removed',
  severity: 'warning',
  quiet: 'An engine that pulled the image before has it still, and subscribers do too.',
  title: 'Do not build on bitnami/* tags',
  why: 'Bitnami’s free catalogue ended in August 2025. Tags with a version moved to `bitnamilegacy/*`, which is frozen and gets no fixes; under `bitnami/*` they are not found.',
  looksAt: ['image', 'build'],
  examples: [
    { bad: 'services:\n  kafka:\n    image: «bitnami/kafka:3.6»\n', good: 'services:\n  kafka:\n    image: bitnamilegacy/kafka:3.6\n' },
    { good: 'services:\n  kafka:\n    image: apache/kafka:3.9.0\n' },
  ],
  *check(file, { live }) {
    for (const { image, parts, node, literal } of imageServices(file)) {
      const removed = live.images.includes(image) ? undefined : removedBitnami(image, parts);
      if (!removed) continue;
      const { message, frozen } = removed;
      yield {
        span: node.span,
        message,
        fixes: literal ? [{ title: `Use ${frozen}`, safe: false, edits: [{ span: node.span, text: frozen }] }] : [],
      };
    }
  },
});
