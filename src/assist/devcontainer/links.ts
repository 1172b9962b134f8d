import type { Devcontainer } from '../../devcontainer/model.ts';
import { stringsIn, valueAt } from '../../devcontainer/parse.ts';
import { folderOf, join } from '../../text/paths.ts';
import type { Link } from '../model.ts';

/** The Dockerfile and the Compose files that a `devcontainer.json` names. */
export const linksInDevcontainer = ({ root, source: { path } }: Devcontainer): readonly Link[] =>
  [valueAt(root, 'dockerFile'), valueAt(root, 'build', 'dockerfile'), valueAt(root, 'dockerComposeFile')]
    .flatMap(stringsIn)
    .flatMap(({ text, node: { span } }): readonly Link[] =>
      text && !text.includes('${')
        ? [{ span: { start: span.start + 1, end: span.end - 1 }, target: { kind: 'file', path: join(folderOf(path), text) } }]
        : [],
    );
