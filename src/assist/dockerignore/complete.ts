import type { Dockerignore } from '../../dockerignore/model.ts';
import { excludedBy } from '../../dockerignore/match.ts';
import type { World } from '../../lint/rule.ts';
import { bytesOf, contextTree, sizeText } from '../../rules/shared/contextTree.ts';
import { folderOf, join } from '../../text/paths.ts';
import { lineAt, lineSpan } from '../../text/text.ts';
import type { Completion } from '../model.ts';

/** What projects leave out of their images, with what it is. */
const usual: readonly (readonly [string, string])[] = [
  ['.git', 'the history'],
  ['.venv', 'a virtual environment'],
  ['**/__pycache__', 'compiled Python, in every folder'],
  ['**/*.py[cod]', 'compiled Python'],
  ['**/.ipynb_checkpoints', 'copies that Jupyter keeps'],
  ['**/.pytest_cache', 'caches of tests'],
  ['**/node_modules', 'packages of JavaScript'],
  ['.env', 'secrets'],
  ['.env.*', 'secrets'],
  ['data', 'data sets: mount them'],
  ['mlruns', 'runs of MLflow'],
  ['wandb', 'runs of Weights & Biases'],
  ['lightning_logs', 'runs of Lightning'],
  ['checkpoints', 'checkpoints: mount them'],
  ['**/*.ckpt', 'checkpoints'],
  ['**/*.safetensors', 'weights: mount or download them'],
  ['.dvc/cache', 'data that DVC keeps'],
  ['Dockerfile*', 'changes of it need no new copy of the code'],
  ['compose*.y*ml', 'changes of it need no new copy of the code'],
];
const most = 10_000;

/** Paths of the context below what is written already, and the usual patterns; what is left out already is not offered. */
export function completeDockerignore({ patterns, source }: Dockerignore, offset: number, { files }: World): readonly Completion[] {
  const line = lineSpan(source, lineAt(source, offset));
  const before = source.text.slice(line.start, offset);
  if (before.startsWith('#')) return [];
  const lead = /^\s*!?\s*\/?/.exec(before)?.[0].length ?? 0;
  const exception = before.includes('!');
  const written = before.slice(lead);
  if (/[*?[\\]/.test(written.slice(0, written.lastIndexOf('/') + 1))) return [];
  const span = { start: line.start + lead, end: line.end };
  const own = patterns.filter((pattern) => pattern.span.end < line.start || pattern.span.start > line.end);
  const excluded = excludedBy(own);
  const folder = written.slice(0, written.lastIndexOf('/') + 1);
  const top = folderOf(source.path);
  let budget = most;
  const paths = (files.list(join(top, folder)) ?? []).flatMap((name): readonly Completion[] => {
    const path = folder + name;
    const clean = path.replace(/\/$/, '');
    if (excluded(clean) !== exception) return [];
    const isFolder = name.endsWith('/');
    const bytes = isFolder ? undefined : files.size(join(top, path));
    return [
      {
        label: path,
        kind: isFolder ? 'folder' : 'file',
        span,
        text: path,
        ...(isFolder ? below(join(top, clean)) : bytes === undefined ? {} : { detail: sizeText(bytes) }),
        sort: `1${path}`,
      },
    ];
  });
  const offered = new Set(paths.map(({ text }) => text.replace(/\/$/, '')));
  const said = new Set(own.map(({ text }) => text.replace(/^\/|\/$/g, '')));
  const common =
    exception || folder
      ? []
      : usual.flatMap(([text, detail], index): readonly Completion[] =>
          offered.has(text) || said.has(text)
            ? []
            : [{ label: text, kind: 'value', span, text, detail, sort: `2${String(index).padStart(2, '0')}` }],
        );
  return [...paths, ...common];

  /** How much a folder holds, as far as a quick look says. */
  function below(path: string): { readonly detail?: string } {
    const { entries, complete } = contextTree(path, files, budget);
    budget -= entries.length;
    if (!entries.length) return {};
    const count = entries.filter((entry) => !entry.folder).length;
    return { detail: `${complete ? '' : 'over '}${count} files, ${sizeText(bytesOf(path, entries, files))}` };
  }
}
