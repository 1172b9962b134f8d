import { composeRule } from '../../lint/rule.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { serviceMounts } from '../shared/published.ts';
import { stageText } from '../shared/stageText.ts';
import { entry } from '../../compose/model.ts';

export default composeRule({
  id: 'volume-root-owned',
  severity: 'info',
  quiet: 'An image’s entrypoint may hand the folder over when it starts, as those of databases do.',
  title: 'Make the folder of a volume in the image, for its user',
  why: 'An empty named volume takes over the owner of the folder it is mounted at; where the image has no such folder, it belongs to root, and a container that runs as another user cannot write: «Permission denied».',
  looksAt: ['build', 'volumes', 'user'],
  examples: [
    {
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN useradd -m app\nUSER app\nCMD ["python", "serve.py"]\n' },
      bad: 'services:\n  api:\n    build: .\n    volumes:\n      - «cache:/cache»\nvolumes:\n  cache:\n',
    },
    {
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN useradd -m app && mkdir -p /cache && chown app /cache\nUSER app\n' },
      good: 'services:\n  api:\n    build: .\n    volumes: ["cache:/cache"]\nvolumes: {cache: {}}\n',
    },
    {
      files: { Dockerfile: 'FROM python:3.12-slim\n' },
      good: 'services:\n  api:\n    build: .\n    volumes: ["cache:/cache"]\nvolumes: {cache: {}}\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const built = serviceBuild(file, node, world);
      if (!built || entry(node, 'user')) continue;
      const user = allInstructions(built.stage).findLast(({ keyword }) => keyword === 'USER')?.args[0]?.value;
      if (user === undefined || /^(?:root|0)(?::|$)|\$/.test(user)) continue;
      const text = stageText(built.stage);
      for (const { type, source, target, readOnly, node: place } of serviceMounts(node)) {
        if (type !== 'volume' || source === '' || readOnly) continue;
        const parts = target.split('/').filter(Boolean);
        // Anything the Dockerfile says about the folder or one above it may make it writable.
        const mentioned = parts.some((_, at) =>
          at > 0 || parts.length === 1 ? text.includes(`/${parts.slice(0, at + 1).join('/')}`) : false,
        );
        if (mentioned || /^\/(?:home|tmp|var\/tmp)\//.test(target) || parts.length === 0) continue;
        yield {
          span: place.span,
          message: `${built.dockerfile.source.path} has no ${target} and runs as «${user}»: the volume belongs to root and cannot be written. Make the folder in the image and chown it.`,
        };
      }
    }
  },
});
