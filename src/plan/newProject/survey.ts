import type { Files } from '../../lint/rule.ts';
import type { Requirement } from '../../python/model.ts';
import { readRequirements, requirementsFormat } from '../../python/read.ts';
import { lockedRequirements } from '../../rules/shared/locked.ts';
import { baseName } from '../../text/paths.ts';
import { installsFolder, mainRequirements, requirementFiles } from './requirementFiles.ts';

/** What says which Python packages a folder needs; the first that is there counts. */
export type Dependencies = 'uv.lock' | 'pyproject.toml' | 'poetry' | 'environment.yml' | 'requirements.txt' | 'none';

/** Something in the code that can be started. */
export type Entry =
  | { readonly kind: 'fastapi'; readonly module: string; readonly health: string | undefined }
  | { readonly kind: 'flask'; readonly module: string; readonly object: string; readonly health: string | undefined }
  | { readonly kind: 'streamlit'; readonly path: string }
  | { readonly kind: 'gradio'; readonly path: string; readonly port: number }
  | { readonly kind: 'server'; readonly path: string; readonly port: number; readonly health: string | undefined }
  | { readonly kind: 'script'; readonly path: string };

/** What a folder holds, as far as a new project's files depend on it. */
export interface Survey {
  /** The folder's name. */
  readonly name: string;
  /** Relative paths of all files. */
  readonly paths: ReadonlySet<string>;
  readonly dependencies: Dependencies;
  /** The file of `dependencies`, as it is written in the folder. */
  readonly file: string | undefined;
  /** That file and those that it includes; all that has to be there when the packages are installed. */
  readonly files: readonly string[];
  /** Whether installing them installs code of the folder, too: `-e .`, or the members of a uv workspace. */
  readonly installsFolder: boolean;
  /** Names (PEP 503) and exact versions, where pinned. */
  readonly packages: ReadonlyMap<string, string | undefined>;
  /** The build of torch (`cpu`, `cu128`) that the project file names an index of; several when it chooses among them. */
  readonly torchTags: readonly string[];
  /** Modules that the code imports, without those of the folder itself. */
  readonly imports: ReadonlySet<string>;
  /** Whether the code loads data with worker processes, which hand tensors over through shared memory. */
  readonly loadsInParallel: boolean;
  /** A specifier (`>=3.11`) or a minor version, when something says so. */
  readonly python: string | undefined;
  readonly entries: readonly Entry[];
}

/** Whether a file says which packages are needed. */
export const isDependencyFile = (path: string): boolean =>
  /^(requirements[^/]*\.txt|requirements\/[^/]+\.txt|constraints[^/]*\.txt|pyproject\.toml|uv\.lock|poetry\.lock|Pipfile|Pipfile\.lock|pixi\.toml|environment\.ya?ml|\.python-version)$/.test(
    path,
  );

/** Which files of a folder a survey wants to read; the rest only has to be named. */
export const readsFile = (path: string): boolean => isDependencyFile(path) || /^(?:src\/)?(?:[^/]+\/)?[^/]+\.py$/.test(path);

/** Looks at a folder: the paths of its files, and the texts of those it wants to read. */
export function surveyOf(name: string, paths: Iterable<string>, texts: ReadonlyMap<string, string>): Survey {
  const all = new Set(paths);
  const environment = ['environment.yml', 'environment.yaml'].find((path) => all.has(path));
  const project = texts.get('pyproject.toml');
  const declares = project !== undefined && /^\s*\[(project|tool\.poetry)\]/m.test(project);
  const list = mainRequirements(all);
  const dependencies: Dependencies =
    all.has('uv.lock') && declares
      ? 'uv.lock'
      : list !== undefined
        ? 'requirements.txt'
        : declares
          ? // What only poetry understands has to be installed by it.
            /^\s*\[project\]/m.test(project)
            ? 'pyproject.toml'
            : 'poetry'
          : environment !== undefined
            ? 'environment.yml'
            : 'none';
  const named = {
    'uv.lock': 'pyproject.toml',
    'pyproject.toml': 'pyproject.toml',
    poetry: 'pyproject.toml',
    'requirements.txt': list,
    'environment.yml': environment,
    none: undefined,
  };
  const file = named[dependencies];
  const files = file === undefined ? [] : requirementFiles(file, texts);
  const ownCode =
    dependencies === 'uv.lock'
      ? /^\s*\[tool\.uv\.workspace\]/m.test(project ?? '')
      : dependencies === 'requirements.txt' && files.some((path) => installsFolder(texts.get(path) ?? ''));
  const read = [...texts].flatMap(([path, text]) =>
    (isDependencyFile(path) && requirementsFormat(path)) || files.includes(path) ? [readRequirements(path, text)] : [],
  );
  const counts = (path: string): boolean => file === undefined || files.includes(path) || (ownCode && path === 'pyproject.toml');
  // Constraints bind versions, they install nothing; an optional set may stay away.
  const found = read
    .filter(({ source: { path } }) => !path.startsWith('constraints') && counts(path))
    .flatMap((each) => lockedRequirements(each, lockFiles(texts)))
    .filter(({ group, via, name: each }) => group === undefined && (via === undefined || deciding.has(each)));
  const code = [...texts].filter(([path]) => path.endsWith('.py'));
  const own = new Set([...all].flatMap((path) => [/^(?:src\/)?([^/.]+)(?:\.py$|\/)/.exec(path)?.[1] ?? '']));
  return {
    name,
    paths: all,
    dependencies,
    file,
    files,
    installsFolder: ownCode,
    packages: new Map(
      found.flatMap(({ name: each, pinned, extras }): (readonly [string, string | undefined])[] => [
        // What an extra of FastAPI's is there for.
        ...(each === 'fastapi' && extras.some((extra) => extra === 'standard' || extra === 'all') ? [['uvicorn', undefined] as const] : []),
        [each, pinned?.replace(/\+.*$/, '')],
      ]),
    ),
    torchTags: torchTags(found),
    imports: new Set(code.flatMap(([, text]) => importsOf(text)).filter((module) => !own.has(module) && !standard.has(module))),
    loadsInParallel: code.some(([, text]) => /\bnum_workers\s*=/.test(text)),
    python: /^\s*(\d+\.\d+)/.exec(texts.get('.python-version') ?? '')?.[1] ?? read.find(({ python }) => python)?.python?.specifier,
    entries: code
      .filter(([path]) => !isAside(path))
      .flatMap(([path, text]) => entriesOf(path, text))
      .sort((a, b) => rank(a) - rank(b)),
  };
}

const lockFiles = (texts: ReadonlyMap<string, string>): Files => ({
  read: (path) => texts.get(path),
  exists: (path) => texts.has(path),
  list: () => undefined,
  size: () => undefined,
});

/** Packages that decide on the image and its command even when nobody names them and another package brings them. */
const deciding: ReadonlySet<string> = new Set(['torch', 'torchvision', 'torchaudio', 'flash-attn', 'uvicorn', 'gunicorn']);

/** The order in which scripts are likely to be what is meant: by name, then by how deep they lie. */
function rank(entry: Entry): number {
  if (entry.kind !== 'script') return -1;
  const name = baseName(entry.path);
  const named = [/^train/, /train/, /^(?:__)?main(?:__)?\.py$/, /^(?:run|app)\.py$/].findIndex((pattern) => pattern.test(name));
  return (helping.test(entry.path) ? 100 : 0) + (named < 0 ? 4 : named) * 10 + entry.path.split('/').length;
}

const helping = /(?:^|\/)(?:utils|tools|scripts|examples|tutorials|benchmarks|notebooks|demos?)\//;

/** Scripts that are about the project, not of it. */
const isAside = (path: string): boolean =>
  (helping.test(path) && !/train|main/.test(path)) ||
  /(?:^|\/)(?:tests?|docs?|\.github)\//.test(path) ||
  /(?:^|\/)(?:setup|conftest|hubconf|noxfile|test_[^/]*)\.py$/.test(path);

const torchTags = (requirements: readonly Requirement[]): readonly string[] => {
  const torch = requirements.find(({ name }) => name === 'torch');
  return [...new Set((torch?.indexes ?? []).flatMap(({ url }) => /download\.pytorch\.org\/whl\/(\w+)/.exec(url)?.[1] ?? []))];
};

/** Imports at the top level: those in `try` and in functions may be missing on purpose. */
const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:import|from)\s+([A-Za-z_]\w*)/gm)].map(([, module = '']) => module);

function entriesOf(path: string, text: string): readonly Entry[] {
  const health = /["'](\/(?:health|healthz|ready|readyz|ping|live|livez))["']/.exec(text)?.[1];
  const object = (call: RegExp): string | undefined => new RegExp(`^(\\w+)\\s*(?::\\s*\\w+\\s*)?=\\s*${call.source}`, 'm').exec(text)?.[1];
  const module = path
    .replace(/^src\//, '')
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
  const api = object(/(?:fastapi\.)?FastAPI\(/);
  if (api !== undefined) return [{ kind: 'fastapi', module: `${module}:${api}`, health }];
  const flask = object(/(?:flask\.)?Flask\(/);
  if (flask !== undefined)
    return [{ kind: 'flask', module, object: flask, health: health ?? (/\.(?:route|get)\(\s*["']\/["']/.test(text) ? '/' : undefined) }];
  const imports = (name: string): boolean => new RegExp(`^(?:import|from)\\s+${name}\\b`, 'm').test(text);
  if (imports('streamlit') && /^(?:st|streamlit)\.\w+\(/m.test(text))
    return /(?:^|\/)pages\//.test(path) ? [] : [{ kind: 'streamlit', path }];
  if (imports('gradio') && /\.launch\(/.test(text))
    return [{ kind: 'gradio', path, port: Number(/\bserver_port\s*=\s*(\d+)/.exec(text)?.[1] ?? 7860) }];
  // A script by its name starts at the top as well, as people write it who need no module of it.
  const named =
    /(?:^|\/)(?:train|finetune|fine_tune|fit|main|run)(?:[_-]\w+)?\.py$/.test(path) &&
    /^(?!(?:import|from|def|class|@|#|"|')\b)\w/m.test(text);
  const guarded = /^if\s+__name__\s*==\s*["']__main__["']/m.test(text);
  if (!guarded && !named) return [];
  const server = guarded ? /\b(?:HTTPServer|ThreadingHTTPServer|TCPServer)\(\s*\(\s*["'][^"']*["']\s*,\s*(\d+)/.exec(text)?.[1] : undefined;
  return [server === undefined ? { kind: 'script', path } : { kind: 'server', path, port: Number(server), health }];
}

/** Modules that come with Python and that training and serving code imports. */
const standard: ReadonlySet<string> = new Set(
  (
    '__future__ abc argparse array ast asyncio base64 bisect collections concurrent contextlib copy csv ctypes dataclasses datetime decimal ' +
    'enum functools gc getpass glob gzip hashlib heapq hmac html http importlib inspect io itertools json logging math mimetypes ' +
    'multiprocessing numbers operator os pathlib pickle pkgutil platform pprint queue random re secrets select shlex shutil signal socket ' +
    'socketserver sqlite3 ssl stat statistics string struct subprocess sys tarfile tempfile textwrap threading time timeit tomllib traceback ' +
    'types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo'
  ).split(' '),
);
