import { stageAround } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'copy-from-itself',
  severity: 'error',
  enabled: false,
  title: 'Copy from another stage',
  why: 'A stage is not finished while it is built, so nothing can be copied from it. A build refuses that; `syntax` reports it too.',
  also: ['hadolint:DL3023', 'trivy:DS006'],
  // A stage may be named by its number, which depends on the stages before it.
  reach: 'file',
  looksAt: ['COPY'],
  examples: [
    { bad: 'FROM golang:1.23 AS build\nCOPY --from=«build» /bin/app /app\n' },
    { good: 'FROM golang:1.23 AS build\nFROM debian:12 AS run\nCOPY --from=build /bin/app /app\n' },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      const { keyword, flags } = instruction;
      const own = stageAround(file, instruction);
      if (keyword !== 'COPY' || !own) continue;
      for (const { name, value } of flags)
        if (name === 'from' && value && (value.value.toLowerCase() === own.name?.value.toLowerCase() || value.value === String(own.index)))
          yield { span: value.span, message: `«${value.value}» is the stage that this line is part of: there is nothing to copy yet.` };
    }
  },
});
