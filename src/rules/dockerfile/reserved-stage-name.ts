import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'reserved-stage-name',
  severity: 'warning',
  title: 'Do not call a stage scratch or context',
  why: '`scratch` is the empty image and `context` the build context; a stage of that name cannot be told from them.',
  also: ['buildkit:ReservedStageName', 'hadolint:DL3063'],
  examples: [{ bad: 'FROM alpine:3.22 AS «scratch»\nFROM alpine:3.22 AS «context»\n' }, { good: 'FROM scratch AS empty\n' }],
  *check({ stages }) {
    for (const { name } of stages)
      if (name && /^(?:scratch|context)$/i.test(name.value))
        yield { span: name.span, message: `«${name.value}» has a meaning of its own in a Dockerfile: call the stage something else.` };
  },
});
