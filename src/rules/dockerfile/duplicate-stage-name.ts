import { dockerfileRule } from '../../lint/rule.ts';
import { renameStage } from '../shared/renameStage.ts';

export default dockerfileRule({
  id: 'duplicate-stage-name',
  severity: 'warning',
  title: 'Give every stage a name of its own',
  why: 'A later stage of the same name hides the earlier one: `COPY --from` and `--target` mean the last.',
  also: ['buildkit:DuplicateStageName', 'hadolint:DL3024', 'trivy:DS012', 'checkov:CKV_DOCKER_11'],
  reach: 'file',
  looksAt: ['FROM', '* from='],
  examples: [
    { bad: 'FROM alpine:3.22 AS build\nFROM alpine:3.22 AS «Build»\n', good: 'FROM alpine:3.22 AS build\nFROM alpine:3.22 AS Build-2\n' },
    { good: 'FROM alpine:3.22 AS build\nFROM alpine:3.22 AS test\n' },
  ],
  *check(file) {
    const seen = new Set<string>();
    for (const stage of file.stages) {
      const { name, index } = stage;
      if (!name) continue;
      const key = name.value.toLowerCase();
      if (seen.has(key))
        yield {
          span: name.span,
          message: `There is a stage «${name.value}» already; the earlier one can no longer be named.`,
          fixes: renameStage(file, stage, `${name.value}-${index + 1}`),
        };
      seen.add(key);
    }
  },
});
