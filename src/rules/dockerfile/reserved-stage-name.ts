import { dockerfileRule } from '../../lint/rule.ts';
import { renameStage } from '../shared/renameStage.ts';

export default dockerfileRule({
  id: 'reserved-stage-name',
  severity: 'warning',
  title: 'Do not call a stage scratch or context',
  why: '`scratch` is the empty image and `context` the build context; a stage of that name cannot be told from them.',
  also: ['buildkit:ReservedStageName', 'hadolint:DL3063'],
  reach: 'file',
  looksAt: ['FROM', '* from='],
  examples: [
    {
      bad: 'FROM alpine:3.22 AS «scratch»\nFROM alpine:3.22 AS «context»\n',
      good: 'FROM alpine:3.22 AS scratch-stage\nFROM alpine:3.22 AS context-stage\n',
    },
    { good: 'FROM scratch AS empty\n' },
  ],
  *check(file) {
    for (const stage of file.stages) {
      const { name } = stage;
      if (name && /^(?:scratch|context)$/i.test(name.value))
        yield {
          span: name.span,
          message: `«${name.value}» has a meaning of its own in a Dockerfile: call the stage something else.`,
          fixes: renameStage(file, stage, `${name.value}-stage`),
        };
    }
  },
});
