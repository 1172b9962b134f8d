import { dockerfileRule, type Files } from '../../lint/rule.ts';
import { buildContext } from '../shared/buildContext.ts';
import { join } from '../../text/paths.ts';

/** What should not travel into an image, with what it is. */
const unwanted: Readonly<Record<string, string>> = {
  '.git/': 'the history',
  '.venv/': 'a virtual environment',
  'venv/': 'a virtual environment',
  'mlruns/': 'experiment runs',
  'wandb/': 'experiment runs',
  'data/': 'data',
  'datasets/': 'data',
  'checkpoints/': 'checkpoints',
  'node_modules/': 'packages',
  '.env': 'secrets',
};

export default dockerfileRule({
  id: 'no-dockerignore',
  severity: 'warning',
  title: 'Add a .dockerignore beside a Dockerfile that copies everything',
  why: '`COPY . .` takes whatever lies in the folder: `.git`, virtual environments, data sets, runs, `.env` with its secrets. It makes the build slow and the image big, and secrets stay in its layers. The rule speaks when one of these is there.',
  reach: 'file',
  looksAt: ['COPY', 'ADD'],
  examples: [
    { files: { '.git/HEAD': 'x', 'app.py': 'x' }, bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY «.» .\n' },
    {
      title: 'the folder that Compose builds it in',
      path: 'docker/Dockerfile',
      files: { '.git/HEAD': 'x', 'compose.yaml': 'services:\n  a:\n    build: {context: ., dockerfile: docker/Dockerfile}\n' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY «.» .\n',
    },
    { title: 'ADD too', files: { 'data/train.csv': 'x' }, bad: 'FROM python:3.12-slim\nWORKDIR /app\nADD «.» .\n' },
    { files: { '.git/HEAD': 'x', '.dockerignore': '.git\n' }, good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n' },
    {
      title: 'data/ with programs in it',
      files: { 'data/__init__.py': '', 'data/download.py': 'x' },
      good: 'FROM python:3.12-slim\nCOPY . .\n',
    },
    { title: 'nothing there that hurts', files: { 'app.py': 'x' }, good: 'FROM python:3.12-slim\nCOPY . .\n' },
  ],
  *check(file, world) {
    const { files } = world;
    const folder = buildContext(file, world);
    if (files.exists(join(folder, '.dockerignore')) || files.exists(`${file.source.path}.dockerignore`)) return;
    const found = (files.list(folder) ?? []).filter(
      (name) => Object.hasOwn(unwanted, name) && !isCode(join(folder, name.replace(/\/$/, '')), files),
    );
    if (!found.length) return;
    for (const { keyword, args, flags } of file.instructions) {
      if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) continue;
      const word = args.slice(0, -1).find(({ value }) => value === '.' || value === './');
      if (!word) continue;
      const some = found.slice(0, 3).map((name) => `${name} (${unwanted[name] ?? ''})`);
      yield {
        span: word.span,
        message: `There is no .dockerignore, so this copies ${some.join(', ')}${found.length > 3 ? ` and ${found.length - 3} more` : ''} into the image. Add one that names them.`,
      };
      return;
    }
  },
});

/** A folder of that name with a program in it: `data/Downloader.py` is source. */
const isCode = (path: string, files: Files): boolean =>
  /data(?:sets)?$/.test(path) && (files.list(path) ?? []).some((name) => /\.(?:py|sh)$/.test(name));
