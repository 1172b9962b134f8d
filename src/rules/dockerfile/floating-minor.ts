import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { newestPython } from '../shared/newestPython.ts';

export default dockerfileRule({
  id: 'floating-minor',
  severity: 'warning',
  title: 'Say which minor version of Python is meant',
  why: '`python:3` is a new Python every October. Compiled packages have no wheels for it yet, and what was built before no longer fits.',
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM «python:3-slim»\n', good: 'FROM python:3.14-slim\n' },
    { bad: 'FROM «python:slim»\n' },
    { good: 'FROM python:3.12-slim\n' },
  ],
  *check(file, world) {
    for (const { image, parts, word, literal } of bases(file, world)) {
      const floating =
        parts.registry === 'docker.io' &&
        parts.name === 'python' &&
        parts.digest === undefined &&
        /^(?:3|slim|alpine|bookworm|trixie|bullseye)(?:-(?:slim|alpine|bookworm|trixie|bullseye))*$/.test(parts.tag ?? '');
      if (!floating) continue;
      const version = newestPython(world.knowledge, world.today);
      const tag =
        version === undefined ? undefined : (parts.tag ?? '').replace(/^(?:3(?=-|$)|(?!\d))/, (three) => (three ? version : `${version}-`));
      yield {
        span: word.span,
        message: `«${image}» is another minor version of Python every October, and wheels for it come later. Name the one you tested, such as python:3.12-slim.`,
        fixes:
          tag !== undefined && literal && word.text.endsWith(parts.tag ?? '')
            ? [
                {
                  title: `Use python:${tag}`,
                  safe: false,
                  edits: [{ span: { start: word.span.end - (parts.tag ?? '').length, end: word.span.end }, text: tag }],
                },
              ]
            : [],
      };
    }
  },
});
