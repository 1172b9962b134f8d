import { composeRule } from '../../lint/rule.ts';
import { imageServices } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'minio-dockerhub',
  severity: 'warning',
  quiet: 'Compose takes the file, and the image may be here already: an error is what Compose refuses.',
  title: 'Take MinIO from quay.io',
  why: 'MinIO’s repositories on Docker Hub were removed in September 2026: pulling ends with «pull access denied». The last images with a web console are on quay.io.',
  looksAt: ['image', 'build'],
  examples: [
    {
      bad: 'services:\n  store:\n    image: «minio/minio:RELEASE.2025-04-22T22-12-26Z»\n',
      good: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-04-22T22-12-26Z\n',
    },
    {
      title: 'without a tag',
      bad: 'services:\n  store:\n    image: «minio/minio»\n  setup:\n    image: «minio/mc:latest»\n',
      good: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n  setup:\n    image: quay.io/minio/mc:latest\n',
    },
    { title: 'the engine has it', live: { images: ['minio/minio:latest'] }, good: 'services:\n  store:\n    image: minio/minio:latest\n' },
    { title: 'before that', today: '2026-08-01', good: 'services:\n  store:\n    image: minio/minio:latest\n' },
  ],
  *check(file, { today, live }) {
    if (today < '2026-09-01') return;
    for (const { image, parts, node, literal } of imageServices(file)) {
      if (parts.registry !== 'docker.io' || !/^minio\/(?:minio|mc)$/.test(parts.name) || live.images.includes(image)) continue;
      const tag =
        parts.name === 'minio/minio' && (parts.tag ?? 'latest') === 'latest' ? 'RELEASE.2025-09-07T16-13-09Z' : (parts.tag ?? 'latest');
      const better = `quay.io/${parts.name}:${tag}`;
      yield {
        span: node.span,
        message: `«${image}» is no longer on Docker Hub: pulling it is denied. ${better} is on quay.io.`,
        fixes:
          literal && parts.digest === undefined
            ? [{ title: `Use ${better}`, safe: false, edits: [{ span: node.span, text: better }] }]
            : [],
      };
    }
  },
});
