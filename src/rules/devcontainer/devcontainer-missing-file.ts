import { stringsIn, valueAt } from '../../devcontainer/parse.ts';
import { devcontainerRule } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';

export default devcontainerRule({
  id: 'devcontainer-missing-file',
  severity: 'error',
  title: 'Name files that are there',
  why: 'Paths in `devcontainer.json` count from its own folder: in `.devcontainer/` the Dockerfile of the project is `../Dockerfile`. Where there is no such file, the container is not built.',
  examples: [
    {
      path: '.devcontainer/devcontainer.json',
      files: { Dockerfile: 'FROM python:3.12\n', '.devcontainer/devcontainer.json': '{}' },
      bad: '{ "build": { "dockerfile": «"Dockerfile"», "context": ".." } }\n',
      good: '{ "build": { "dockerfile": "../Dockerfile", "context": ".." } }\n',
    },
    {
      path: '.devcontainer/devcontainer.json',
      files: { 'compose.yaml': 'services: {}\n', '.devcontainer/devcontainer.json': '{}' },
      bad: '{ "dockerComposeFile": ["../compose.yaml", «"compose.dev.yaml"»], "service": "app" }\n',
    },
    {
      path: '.devcontainer/devcontainer.json',
      files: { 'compose.yaml': 'services: {}\n', '.devcontainer/devcontainer.json': '{}' },
      good: '{ "dockerComposeFile": ["../compose.yaml", "${localEnv:EXTRA}"], "service": "app" }\n',
    },
  ],
  *check({ root, source }, { files }) {
    const folder = folderOf(source.path);
    // Without a folder on disk, nothing can be said to be missing.
    if (!files.list(folder)?.length) return;
    const named = [valueAt(root, 'dockerFile'), valueAt(root, 'build', 'dockerfile'), valueAt(root, 'dockerComposeFile')];
    for (const { text, node } of named.flatMap(stringsIn)) {
      const path = join(folder, text);
      if (!text || text.includes('${') || path.startsWith('..') || files.exists(path)) continue;
      const above = join(folder, `../${text}`);
      const there = !above.startsWith('..') && files.exists(above);
      yield {
        span: node.span,
        message: `There is no file ${path}: the path counts from the folder of this file${there ? `. ${above} is «../${text}» from here` : ''}.`,
        fixes: there ? [{ title: `Use ../${text}`, safe: true, edits: [{ span: node.span, text: JSON.stringify(`../${text}`) }] }] : [],
      };
    }
  },
});
