import { get, type MapNode, type Node } from '../../compose/model.ts';
import { composeRule, type Fix, type World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import type { Source } from '../../text/text.ts';
import { serviceImage } from '../shared/composeImage.ts';
import { knownVersions } from '../shared/imageVersions.ts';
import { serviceMounts } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';

/** Tags whose image changes by design, whatever the program. */
const moving = /^(?:latest|stable|unstable|edge|nightly|canary|rolling|main|master|dev|develop|test|beta|preview|lts)$/;

export default composeRule({
  id: 'latest-tag',
  severity: 'info',
  title: 'Name the version of a service’s image',
  why: 'With `latest`, `main`, `nightly` or another tag that moves, or without any, the next `docker compose pull` may bring another major version: a database that cannot read its old files, an API that changed.',
  also: ['dclint:service-image-require-explicit-tag'],
  looksAt: ['image', 'build'],
  examples: [
    { bad: 'services:\n  prometheus:\n    image: «prom/prometheus:latest»\n' },
    {
      title: 'a version that the engine has',
      live: { images: ['vectordb:1.4'] },
      bad: 'services:\n  v:\n    image: «vectordb»\n',
      good: 'services:\n  v:\n    image: vectordb:1.4\n',
    },
    { bad: 'services:\n  cache:\n    image: «redis»\n  ui:\n    image: «ghcr.io/open-webui/open-webui:main»\n' },
    { good: 'services:\n  cache:\n    image: redis:7.4-alpine\n  api:\n    image: api\n    build: .\n  worker:\n    image: ${IMAGE}\n' },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const written = get(node, 'image');
      const image = serviceImage(node);
      if (image === undefined || !written || !image) continue;
      const { tag, digest } = imageReference(image);
      // Where the name has the version, as those of Habana, there is no other tag.
      const versioned = /\d\.\d/.test(image.replace(/^[^/]*\.[^/]*\//, ''));
      if (digest === undefined && !versioned && (tag === undefined || moving.test(tag)))
        yield {
          span: written.span,
          message: `«${image}» is another image after every release. Name the version that you tested.`,
          fixes: versions(file.source, node, written, world),
        };
    }
  },
});

/** Fixes that name a version: those the engine has first, then the newest ones. */
function versions(file: Source, service: MapNode, node: Node, world: World): readonly Fix[] {
  if (node.kind !== 'scalar') return [];
  const bare = node.text.replace(/:[^:/]*$/, '');
  // From 18 on PostgreSQL keeps its data one folder above, and does not start with a mount there.
  const before18 = /(?:^|\/)postgres$/.test(bare) && serviceMounts(service).some(({ target }) => target === '/var/lib/postgresql/data');
  return knownVersions(bare, world)
    .filter(({ tag }) => !before18 || parseInt(tag, 10) < 18)
    .slice(0, 3)
    .flatMap(({ tag, detail }) =>
      replaceText(file, node, `${bare}:${tag}`, false).map((fix) => ({ ...fix, title: `${fix.title} (${detail})` })),
    );
}
