import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { finalSections } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineAt, lineSpan, type Edit } from '../../text/text.ts';
import { bakeTargets } from '../shared/bake.ts';
import { builtServices } from '../shared/builtServices.ts';

/** What a stage is called that others are meant to take something from. */
const forOthers = /^(?:build(?:er)?|build[-_]\w+|\w+[-_]build(?:er)?|compile[r]?|deps|dependencies|requirements|install(?:er)?|wheels?)$/i;

export default dockerfileRule({
  id: 'stage-unused',
  severity: 'hint',
  title: 'Use every stage, or remove it',
  why: 'A stage that no later one is built on or copies from is skipped by the build. Mostly a `COPY --from=…` was forgotten, and what the stage makes is missing in the image. A stage with a name may be built alone with `--target`: the rule speaks of stages without a name, and of those called like a builder.',
  reach: 'file',
  looksAt: ['FROM', '* from=', 'lines', '#'],
  examples: [
    {
      bad: 'FROM python:3.12 AS «builder»\nRUN pip install --user flask\n\n# what runs\nFROM python:3.12-slim\nCOPY . /app\n',
      good: '# what runs\nFROM python:3.12-slim\nCOPY . /app\n',
    },
    { bad: 'FROM «golang:1.23»\nRUN go build -o /app\nFROM debian:12\nCOPY app /app\n' },
    {
      title: 'used, or a target of its own',
      good: 'FROM python:3.12 AS builder\nRUN true\nFROM python:3.12-slim AS test\nRUN true\nFROM python:3.12-slim\nRUN --mount=from=builder,target=/b true\n',
    },
    {
      title: 'a Compose file builds it',
      files: { 'compose.yaml': 'services:\n  b:\n    build:\n      context: .\n      target: builder\n' },
      good: 'FROM python:3.12 AS builder\nRUN true\nFROM python:3.12-slim\nRUN true\n',
    },
    {
      title: 'a Bake file builds it',
      files: {
        'docker-bake.hcl':
          '# both\ngroup "default" { targets = ["app", "wheels"] }\ntarget "_common" {\n  context = "."\n  args = { PYTHON = "3.12" }\n}\ntarget "wheels" {\n  inherits = ["_common"]\n  target   = "builder"\n}\n',
      },
      good: 'FROM python:3.12 AS builder\nRUN true\nFROM python:3.12-slim\nRUN true\n',
    },
  ],
  *check(file, world) {
    const last = file.stages.at(-1);
    const unused = finalSections(file).flatMap(({ stage }) => (stage && stage !== last ? [stage] : []));
    if (!unused.length) return;
    const targets = new Set(builtServices(file, world).map(({ stage }) => stage));
    const baked = new Set(bakeTargets(file, world).flatMap(({ stage }) => stage?.toLowerCase() ?? []));
    for (const stage of unused) {
      const { name, image } = stage;
      if (targets.has(stage) || (name && baked.has(name.value.toLowerCase())) || (name && !forOthers.test(name.value))) continue;
      const word = name ?? image;
      if (!word) continue;
      const edit = withoutStage(file, stage);
      yield {
        span: word.span,
        message: `${name ? `Nothing uses the stage «${name.value}»` : 'Nothing uses this stage, and it has no name to build it by'}: the build skips it. Copy from it, or remove it.`,
        fixes: edit ? [{ title: 'Remove the stage', safe: false, edits: [edit] }] : [],
      };
    }
  },
});

/** Takes a stage out up to the next one and the comments right above that; none where a comment would go with it, or where stages are called by number. */
function withoutStage({ source, stages, comments, instructions }: Dockerfile, { from, index }: Stage): Edit | undefined {
  const next = stages[index + 1];
  if (!next || instructions.some(({ flags }) => flags.some(({ name, value }) => name === 'from' && /^\d+$/.test(value?.value ?? ''))))
    return undefined;
  const start = from.span.start;
  let line = lineAt(source, next.from.span.start);
  while (comments.some(({ span }) => lineAt(source, span.start) === line - 1)) line--;
  const { start: end } = lineSpan(source, line);
  return comments.some(({ span }) => span.start > start && span.start < end) ? undefined : { span: { start, end }, text: '' };
}
