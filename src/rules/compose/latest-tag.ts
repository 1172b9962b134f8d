import { get } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { serviceImage } from '../shared/composeImage.ts';

/** Tags whose image changes by design, whatever the program. */
const moving = /^(?:latest|stable|unstable|edge|nightly|canary|rolling|main|master|dev|develop|test|beta|preview|lts)$/;

export default composeRule({
  id: 'latest-tag',
  severity: 'info',
  title: 'Name the version of a service’s image',
  why: 'With `latest`, `main`, `nightly` or another tag that moves, or without any, the next `docker compose pull` may bring another major version: a database that cannot read its old files, an API that changed.',
  also: ['dclint:service-image-require-explicit-tag'],
  examples: [
    { bad: 'services:\n  prometheus:\n    image: «prom/prometheus:latest»\n' },
    { bad: 'services:\n  cache:\n    image: «redis»\n  ui:\n    image: «ghcr.io/open-webui/open-webui:main»\n' },
    { good: 'services:\n  cache:\n    image: redis:7.4-alpine\n  api:\n    image: api\n    build: .\n  worker:\n    image: ${IMAGE}\n' },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const written = get(node, 'image');
      const image = serviceImage(node);
      if (image === undefined || !written || !image) continue;
      const { tag, digest } = imageReference(image);
      if (digest === undefined && (tag === undefined || moving.test(tag)))
        yield { span: written.span, message: `«${image}» is another image after every release. Name the version that you tested.` };
    }
  },
});
