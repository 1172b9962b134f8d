import { finalSections, lineageOf } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'healthcheck-missing',
  severity: 'hint',
  enabled: false,
  quiet: 'Jobs, development files and images that others wrap need none; on by default it would report most services.',
  title: 'Say how to find out that the service works',
  why: 'A server whose model has failed to load, or that hangs on the GPU, is still «running» for Docker. HEALTHCHECK asks it; Compose can then wait for `service_healthy`. Kubernetes ignores it and has probes of its own; a training job needs none.',
  also: ['hadolint:DL3057', 'trivy:DS026', 'checkov:CKV_DOCKER_2'],
  reach: 'file',
  looksAt: ['FROM', 'HEALTHCHECK', '* from='],
  examples: [
    {
      bad: '«FROM python:3.12-slim»\nCMD ["uvicorn", "app:app"]\n',
      good: 'FROM python:3.12-slim\nHEALTHCHECK --start-period=2m CMD ["python", "check.py"]\nCMD ["uvicorn", "app:app"]\n',
    },
    { title: 'said by the stage below', good: 'FROM python:3.12-slim AS base\nHEALTHCHECK NONE\nFROM base\nCMD ["uvicorn", "app:app"]\n' },
  ],
  *check(file) {
    for (const section of finalSections(file))
      if (section.stage && !lineageOf(section).some(({ instructions }) => instructions.some(({ keyword }) => keyword === 'HEALTHCHECK')))
        yield {
          span: section.stage.from.span,
          message: 'This image has no HEALTHCHECK: a service in it that hangs still counts as running.',
        };
  },
});
