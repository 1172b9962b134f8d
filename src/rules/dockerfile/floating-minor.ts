import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';

export default dockerfileRule({
  id: 'floating-minor',
  severity: 'warning',
  title: 'Say which minor version of Python is meant',
  why: '`python:3` is a new Python every October. Compiled packages have no wheels for it yet, and what was built before no longer fits.',
  examples: [{ bad: 'FROM «python:3-slim»\n' }, { bad: 'FROM «python:slim»\n' }, { good: 'FROM python:3.12-slim\n' }],
  *check(file, world) {
    for (const { image, parts, word } of bases(file, world)) {
      const floating =
        parts.registry === 'docker.io' &&
        parts.name === 'python' &&
        parts.digest === undefined &&
        /^(?:3|slim|alpine|bookworm|trixie|bullseye)(?:-(?:slim|alpine|bookworm|trixie|bullseye))*$/.test(parts.tag ?? '');
      if (floating)
        yield {
          span: word.span,
          message: `«${image}» is another minor version of Python every October, and wheels for it come later. Name the one you tested, such as python:3.12-slim.`,
        };
    }
  },
});
