import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { removedBitnami } from '../shared/bitnami.ts';

export default dockerfileRule({
  id: 'bitnami-removed',
  severity: 'warning',
  quiet: 'An engine that pulled the image before has it still, and subscribers do too.',
  title: 'Do not build on bitnami/* tags',
  why: 'Bitnami’s free catalogue ended in August 2025. Tags with a version moved to `bitnamilegacy/*`, which is frozen and gets no fixes; under `bitnami/*` they are not found.',
  looksAt: ['FROM'],
  examples: [
    {
      bad: 'FROM «bitnami/spark:3.5.3»\nUSER root\nRUN pip install numpy\n',
      good: 'FROM bitnamilegacy/spark:3.5.3\nUSER root\nRUN pip install numpy\n',
    },
    {
      title: 'by its digest, without a version, on another registry',
      good: 'FROM bitnami/spark:latest\nFROM quay.io/bitnami/spark:3.5.3\n',
    },
  ],
  *check(file, world) {
    for (const { image, parts, word, literal } of bases(file, world)) {
      const removed = world.live.images.includes(image) ? undefined : removedBitnami(image, parts);
      if (removed)
        yield {
          span: word.span,
          message: removed.message,
          fixes: literal ? [{ title: `Use ${removed.frozen}`, safe: false, edits: [{ span: word.span, text: removed.frozen }] }] : [],
        };
    }
  },
});
