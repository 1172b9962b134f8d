import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';

export default dockerfileRule({
  id: 'floating-debian',
  severity: 'info',
  enabled: false,
  quiet: 'Nearly every Dockerfile on a Python image has such a tag, and it matters only on the day when the tag moves.',
  title: 'Say which Debian a Python image stands on',
  why: '`python:3.11-slim` moved from Debian 12 to 13 in August 2025: system packages were renamed (`libgl1-mesa-glx`, `netcat`, `libtiff5`), and what is compiled there needs a newer glibc than a Debian 12 image has.',
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM «python:3.11-slim»\n', good: 'FROM python:3.11-slim-bookworm\n' },
    { good: 'FROM python:3.12-slim-trixie\n' },
    { good: 'FROM python:3.12-alpine\n' },
  ],
  *check(file, world) {
    for (const { image, parts, word, literal } of bases(file, world)) {
      if (parts.registry !== 'docker.io' || parts.name !== 'python' || parts.digest !== undefined) continue;
      if (!/^3\.\d+(?:\.\d+)?(?:-slim)?$/.test(parts.tag ?? '')) continue;
      yield {
        span: word.span,
        message: `«${image}» moves to the next Debian when there is one, and apt packages change their names with it. Name the release: ${image}-bookworm.`,
        fixes: literal
          ? [
              { title: 'Name Debian 12 (bookworm)', safe: false, edits: [{ span: word.span, text: `${image}-bookworm` }] },
              { title: 'Name Debian 13 (trixie)', safe: false, edits: [{ span: word.span, text: `${image}-trixie` }] },
            ]
          : [],
      };
    }
  },
});
