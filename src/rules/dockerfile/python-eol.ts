import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';

export default dockerfileRule({
  id: 'python-eol',
  severity: 'warning',
  title: 'Use a Python that still gets fixes',
  why: 'A Python past its end of life gets no security fixes, its images are no longer built, and new releases of packages drop it: pip quietly installs old ones instead.',
  examples: [
    { bad: 'FROM «python:3.8-slim»\n', good: 'FROM python:3.11-slim\n' },
    { title: 'the date decides', today: '2025-11-01', bad: 'FROM «python:3.9»\n' },
    { today: '2026-01-01', good: 'FROM python:3.10-slim-bookworm\n' },
  ],
  *check(file, world) {
    const releases = world.knowledge.endOfLife['python'] ?? {};
    for (const { image, parts, word, literal } of bases(file, world)) {
      const facts = imageFacts(world.knowledge, image);
      const python = facts?.sure === 'certain' ? facts.python : undefined;
      const end = python === undefined ? undefined : releases[python]?.eol;
      if (python === undefined || typeof end !== 'string' || end >= world.today) continue;
      const next = Object.entries(releases)
        .filter(([, { eol, releaseDate = '9' }]) => typeof eol === 'string' && eol > world.today && releaseDate < world.today)
        .map(([version]) => version)
        .sort((a, b) => Number(a.slice(2)) - Number(b.slice(2)))[0];
      const better = next === undefined ? undefined : image.replace(`:${python}`, `:${next}`);
      const simple = parts.registry === 'docker.io' && parts.name === 'python' && /^\d+\.\d+(?:-slim|-alpine)?$/.test(parts.tag ?? '');
      yield {
        span: word.span,
        message: `Python ${python} of «${image}» ended on ${end}: no more fixes, and new packages leave it out.${next === undefined ? '' : ` ${next} is the next that is maintained.`}`,
        fixes:
          literal && simple && better !== undefined
            ? [{ title: `Use ${better}`, safe: false, edits: [{ span: word.span, text: better }] }]
            : [],
      };
    }
  },
});
