import { dockerfileRule } from '../../lint/rule.ts';
import { aside } from '../shared/aside.ts';
import { bases, byImage } from '../shared/bases.ts';
import { elsewhere } from '../shared/elsewhere.ts';
import { endedPython } from '../shared/endOfLife.ts';

export default dockerfileRule({
  id: 'python-eol',
  severity: 'warning',
  title: 'Use a Python that still gets fixes',
  why: 'A Python past its end of life gets no security fixes, its images are no longer built, and new releases of packages drop it: pip quietly installs old ones instead.',
  reach: 'file',
  looksAt: ['FROM', 'lines'],
  examples: [
    { bad: 'FROM «python:3.8-slim»\n', good: 'FROM python:3.11-slim\n' },
    { title: 'the date decides', today: '2025-11-01', bad: 'FROM «python:3.9»\n' },
    {
      title: 'once for an image',
      bad: 'FROM «python:3.8-slim» AS build\nFROM python:3.8-slim\n',
      good: 'FROM python:3.11-slim AS build\nFROM python:3.11-slim\n',
    },
    { title: 'in a test it is a remark', path: 'tests/Dockerfile', bad: 'FROM «python:3.8»\n' },
    { today: '2026-01-01', good: 'FROM python:3.10-slim-bookworm\n' },
  ],
  *check(file, world) {
    for (const [first, ...others] of byImage(bases(file, world))) {
      const { image, parts } = first;
      const ended = endedPython(image, world);
      if (!ended) continue;
      const { python, end, next } = ended;
      const better = next === undefined ? undefined : image.replace(`:${python}`, `:${next}`);
      const simple = parts.registry === 'docker.io' && parts.name === 'python' && /^\d+\.\d+(?:-slim|-alpine)?$/.test(parts.tag ?? '');
      const written = [first, ...others].filter(({ literal }) => literal);
      yield {
        span: first.word.span,
        ...aside(file.source.path),
        message: `Python ${python} of «${image}»${elsewhere(
          file.source,
          others.map(({ word }) => word.span),
        )} ended on ${end}: no more fixes, and new packages leave it out.${next === undefined ? '' : ` ${next} is the next that is maintained.`}`,
        fixes:
          written.length && simple && better !== undefined
            ? [{ title: `Use ${better}`, safe: false, edits: written.map(({ word }) => ({ span: word.span, text: better })) }]
            : [],
      };
    }
  },
});
