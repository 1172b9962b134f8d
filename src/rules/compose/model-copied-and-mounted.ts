import { composeRule, type Files } from '../../lint/rule.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { bytesAt, sizeText } from '../shared/contextTree.ts';
import { copied } from '../shared/copied.ts';
import { folderOf, join } from '../../text/paths.ts';
import { serviceMounts } from '../shared/published.ts';

export default composeRule({
  id: 'model-copied-and-mounted',
  severity: 'warning',
  title: 'Copy a model into the image or mount it, not both',
  why: 'A mount hides what the image has at that path. The image carries the weights for nothing, and what runs here differs from what runs where nothing is mounted.',
  looksAt: ['build', 'volumes'],
  examples: [
    {
      files: { Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY model/ ./model/\n' },
      bad: 'services:\n  api:\n    build: .\n    volumes:\n      - «./model:/app/model:ro»\n',
    },
    {
      title: 'code that is mounted while developing',
      files: { Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY src/ ./src/\n' },
      good: 'services:\n  api:\n    build: .\n    volumes: ["./src:/app/src"]\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const built = serviceBuild(file, node, world);
      if (!built) continue;
      const copies = copied(built.stage);
      for (const { source, target, node: place, type } of serviceMounts(node)) {
        if (
          type !== 'bind' ||
          !/^\.{1,2}\//.test(source) ||
          !/(?:^|[/_-])(?:models?|weights|checkpoints?|data(?:sets?)?|artifacts)(?:$|[/_-])/i.test(source)
        )
          continue;
        const host = join(folderOf(file.source.path), source);
        const both = copies.find(
          (each) => each.target === join('', target) && join(folderOf(built.dockerfile.source.path), each.source) === host,
        );
        if (both)
          yield {
            span: place.span,
            message: `${built.dockerfile.source.path} copies ${both.source} to ${both.target}, and this mount hides it: the image carries ${weight(world.files, host)} for nothing. Choose one.`,
          };
      }
    }
  },
});

/** The bytes below a path in words, two folders deep; `it` when they are few or not known. */
function weight(files: Files, path: string): string {
  const bytes = bytesAt('', path, files, 2);
  return bytes < 1e7 ? 'it' : sizeText(bytes);
}
