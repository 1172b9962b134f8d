import { dockerignoreRule } from '../../lint/rule.ts';
import { lineBreak } from '../../text/text.ts';
import { bytesOf, contextTree, sizeText } from '../shared/contextTree.ts';
import { excludedBy } from '../../dockerignore/match.ts';
import { folderOf, join } from '../../text/paths.ts';

/** What lies beside code and belongs into no image, with what it is. */
const unwanted: Readonly<Record<string, string>> = {
  '.git': 'the history',
  '.venv': 'a virtual environment',
  venv: 'a virtual environment',
  '.conda': 'an environment',
  '.dvc': 'cached data',
  data: 'data',
  datasets: 'data',
  mlruns: 'experiment runs',
  mlartifacts: 'experiment runs',
  wandb: 'experiment runs',
  runs: 'experiment runs',
  lightning_logs: 'experiment runs',
  checkpoints: 'checkpoints',
  outputs: 'results',
  node_modules: 'packages',
};
const limit = 100_000_000;
const most = 4000;

export default dockerignoreRule({
  id: 'dockerignore-incomplete',
  severity: 'warning',
  title: 'Leave data, runs and environments out of the context',
  why: '`COPY . .` sends everything that `.dockerignore` does not name to the builder and puts it into the image: the build waits for it every time, and every machine pulls it. The rule speaks from 100 MB on.',
  examples: [
    {
      files: {
        Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n',
        'mlruns/1/model.pkl': '[900000000 bytes]',
        'data/train.parquet': '[2000000000 bytes]',
        'src/app.py': 'x',
      },
      bad: '«.venv»\n',
      good: '.venv\nmlruns\ndata\n',
    },
    {
      title: 'a context of a few MB',
      files: { Dockerfile: 'FROM python:3.12-slim\nCOPY . .\n', 'data/a.csv': '[1000000 bytes]' },
      good: '.venv\n',
    },
    {
      title: 'only parts are copied',
      files: { Dockerfile: 'FROM python:3.12-slim\nCOPY src/ /app/\n', 'data/a.csv': '[9000000000 bytes]' },
      good: '.venv\n',
    },
    {
      title: 'only what is named is sent',
      files: { Dockerfile: 'FROM python:3.12-slim\nCOPY . .\n', 'data/a.csv': '[9000000000 bytes]', 'src/a.py': 'x' },
      good: '*\n!src\n',
    },
  ],
  *check({ patterns, source }, { files, workspace }) {
    const top = folderOf(source.path);
    const own = source.path === join(top, '.dockerignore') ? undefined : source.path.replace(/\.dockerignore$/, '');
    const everything = workspace
      .dockerfiles()
      .find(
        ({ source: { path }, instructions }) =>
          (own === undefined ? folderOf(path) === top && !files.exists(`${path}.dockerignore`) : path === own) &&
          instructions.some(
            ({ keyword, args, flags }) =>
              keyword === 'COPY' &&
              !flags.some(({ name }) => name === 'from') &&
              args.slice(0, -1).some(({ value }) => /^\.?\/?$/.test(value)),
          ),
      );
    if (!everything) return;
    const excluded = excludedBy(patterns);
    const found = (files.list(top) ?? []).flatMap((name) => {
      const path = name.slice(0, -1);
      if (!name.endsWith('/') || !Object.hasOwn(unwanted, path) || excluded(path)) return [];
      const below = join(top, path);
      const { entries } = contextTree(below, files, most, (each) => !excluded(`${path}/${each}`));
      const bytes = bytesOf(
        below,
        entries.filter((each) => !excluded(`${path}/${each.path}`)),
        files,
      );
      return bytes ? [{ path, bytes }] : [];
    });
    const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total < limit) return;
    const heavy = found.toSorted((a, b) => b.bytes - a.bytes);
    const last = patterns.at(-1);
    const newline = lineBreak(source);
    const end = last?.span.end ?? source.text.length;
    yield {
      span: last?.span ?? { start: 0, end: 0 },
      message: `${everything.source.path} copies the whole context, and this file leaves in ${heavy.map(({ path, bytes }) => `${path} (${unwanted[path] ?? ''}, ${sizeText(bytes)})`).join(', ')}. Name what the image does not need.`,
      fixes: [
        {
          title: `Leave out ${found.map(({ path }) => path).join(', ')}`,
          safe: false,
          edits: [{ span: { start: end, end }, text: found.map(({ path }) => `${last || source.text ? newline : ''}${path}`).join('') }],
        },
      ],
    };
  },
});
