import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'maintainer-deprecated',
  severity: 'info',
  title: 'Write a label instead of MAINTAINER',
  why: 'MAINTAINER has been deprecated since Docker 1.13. A label is shown by `docker inspect` and can be searched for.',
  also: ['buildkit:MaintainerDeprecated', 'hadolint:DL4000', 'trivy:DS022', 'checkov:CKV_DOCKER_6'],
  looksAt: ['MAINTAINER'],
  examples: [
    {
      bad: 'FROM alpine:3.22\n«MAINTAINER me@example.org»\n',
      good: 'FROM alpine:3.22\nLABEL org.opencontainers.image.authors="me@example.org"\n',
    },
  ],
  *check({ instructions }) {
    for (const { keyword, span, args } of instructions)
      if (keyword === 'MAINTAINER')
        yield {
          span,
          message: 'MAINTAINER is deprecated: write LABEL org.opencontainers.image.authors=….',
          fixes: [
            {
              title: 'Write a label',
              safe: true,
              edits: [
                {
                  span,
                  text: `LABEL org.opencontainers.image.authors=${JSON.stringify((args[0]?.text ?? '').replace(/^(["'])(.*)\1$/, '$2'))}`,
                },
              ],
            },
          ],
        };
  },
});
