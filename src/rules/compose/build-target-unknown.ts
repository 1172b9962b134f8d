import { get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { buildSource, dockerfileOf, stageOf } from '../shared/buildSource.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'build-target-unknown',
  severity: 'error',
  title: 'Build a stage that the Dockerfile has',
  why: '`target` names a stage of the Dockerfile (`FROM … AS name`). When no stage is called so, the build stops: «target stage could not be found».',
  looksAt: ['build'],
  examples: [
    {
      files: { Dockerfile: 'FROM python:3.12-slim AS base\nFROM base AS runtime\n' },
      bad: 'services:\n  api:\n    build:\n      context: .\n      target: «runtme»\n',
      good: 'services:\n  api:\n    build:\n      context: .\n      target: runtime\n',
    },
    {
      title: 'in any case, by number, from a template',
      files: { Dockerfile: 'FROM python:3.12-slim AS Base\n', 'Dockerfile.j2': 'FROM {{ image }}\n' },
      good: 'services:\n  a:\n    build: {context: ., target: base}\n  b:\n    build: {context: ., target: "0"}\n  c:\n    build: {context: ., dockerfile: Dockerfile.j2, target: x}\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const built = buildSource(file, node);
      const target = get(built?.build, 'target');
      const name = text(target);
      const dockerfile = built && dockerfileOf(built, world);
      if (!dockerfile?.stages.length || dockerfile.template || target?.kind !== 'scalar' || !name || name.includes('$')) continue;
      if (!built || stageOf(built, dockerfile)) continue;
      const names = dockerfile.stages.flatMap((stage) => (stage.name ? [stage.name.value] : []));
      const meant = nearest(name, names);
      const there = names.length ? `It has ${names.map((each) => `«${each}»`).join(', ')}.` : 'Its stages have no names.';
      yield {
        span: target.span,
        message: `${dockerfile.source.path} has no stage «${name}». ${meant === undefined ? there : `Did you mean «${meant}»?`}`,
        fixes: meant === undefined ? [] : replaceText(file.source, target, meant, false),
      };
    }
  },
});
