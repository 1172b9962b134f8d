import type { TorchRelease } from '../knowledge/knowledge.ts';
import { projectKinds } from './newProject/kinds/index.ts';
import type { Device, Installer, Tables } from './newProject/kind.ts';
import { newProject } from './newProject/newProject.ts';
import { surveyOf } from './newProject/survey.ts';

/** Text that an editor inserts; `body` is in the editor's snippet syntax. */
export interface Snippet {
  readonly language: 'dockerfile' | 'compose';
  readonly name: string;
  /** What is typed for it at the beginning of a line: one word, and none that files have. */
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
  /** A whole file, instructions of a stage, or keys of a service. */
  readonly shape: 'file' | 'part';
}

/** The snippets of both languages, from the tables that New ML Project… writes from. */
export function snippets(tables: Tables): readonly Snippet[] {
  const torch = tables.knowledge.torch.at(-1);
  return [...files(tables, torch), ...(torch ? torchLines(torch) : []), ...parts(tables)];
}

/**
 * Those that fit where a line is begun; `before` is what stands on it up to the cursor. An editor that is only told prefixes offers them
 * anywhere, and for every word whose letters they have in that order: `git checkout main` and Enter would become `mlaptinstall`.
 */
export function snippetsAt(all: readonly Snippet[], language: Snippet['language'], text: string, before: string): readonly Snippet[] {
  const [, indent = '', typed = ''] = /^([ \t]*)([a-z0-9]*)$/.exec(before) ?? [undefined, ' ', '-'];
  const begun = language === 'dockerfile' ? /^[ \t]*FROM\s/im.test(text) : /^(?:services|include|name):/m.test(text);
  const shape = language === 'dockerfile' ? (begun ? 'part' : 'file') : indent === '' ? 'file' : 'part';
  if (language === 'dockerfile' ? indent !== '' : begun !== (shape === 'part')) return [];
  return all.filter((each) => each.language === language && each.shape === shape && each.prefix.startsWith(typed));
}

/** A text in which nothing is a placeholder. */
const literal = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

const empty = surveyOf('app', [], new Map());

/** One file of a new project in an empty folder. */
function fileOf(id: string, path: string, tables: Tables, device: Device, installer: Installer = 'uv', variant = ''): string {
  const kind = projectKinds.find((each) => each.id === id);
  if (!kind) throw new Error(`no kind ${id}`);
  const { files: made } = newProject(kind, { survey: empty, device, installer, variant }, tables, () => '');
  const text = made.find((file) => file.path === path)?.text;
  if (text === undefined) throw new Error(`${id} makes no ${path}`);
  return literal(text);
}

function files(tables: Tables, torch: TorchRelease | undefined): readonly Snippet[] {
  const cpu: Device = { kind: 'cpu' };
  const wheel = torch?.wheels.find(({ cuda }) => cuda === torch.pypiCuda);
  const gpu: Device = { kind: 'gpu', ...(wheel ? { build: wheel } : {}) };
  const dockerfile = (name: string, prefix: string, description: string, id: string, device: Device, installer: Installer): Snippet => ({
    language: 'dockerfile',
    name,
    prefix,
    description,
    body: fileOf(id, 'Dockerfile', tables, device, installer),
    shape: 'file',
  });
  const compose = (id: string, device: Device = cpu, variant = ''): Snippet => {
    const kind = projectKinds.find((each) => each.id === id);
    const name = variant === '' ? id : variant;
    const title = kind?.variants?.find((each) => each.id === variant)?.title ?? kind?.title ?? id;
    return {
      language: 'compose',
      name: `Compose file: ${title}`,
      prefix: `stack${name.replace(/[^a-z0-9]/g, '')}`,
      description: kind?.detail ?? '',
      body: fileOf(id, 'compose.yaml', tables, device, 'uv', variant),
      shape: 'file',
    };
  };
  return [
    dockerfile('Training image', 'mltrain', 'PyTorch for the CPU, by uv, in two stages', 'training', cpu, 'uv'),
    dockerfile('Training image with CUDA', 'mltraingpu', 'PyTorch with CUDA, by uv, in two stages', 'training', gpu, 'uv'),
    dockerfile('Training image by pip', 'mltrainpip', 'PyTorch for the CPU, by pip, in two stages', 'training', cpu, 'pip'),
    dockerfile('Training image by conda', 'mltrainconda', 'From environment.yml, by micromamba', 'training', cpu, 'conda'),
    dockerfile('API image', 'mlserve', 'FastAPI with a health check', 'serving', cpu, 'uv'),
    compose('training'),
    compose('serving'),
    compose('mlflow'),
    compose('airflow'),
    compose('vllm', gpu, 'api'),
    compose('triton'),
    compose('labelling', cpu, 'label-studio-postgres'),
    compose('notebook'),
    // What reads a file beside it is begun with New ML Project…, which writes that too.
    ...(projectKinds.find(({ id }) => id === 'vectors')?.variants ?? [])
      .filter(({ id }) => !tables.recipes.find((recipe) => recipe.id === id)?.files)
      .map(({ id }) => compose('vectors', cpu, id)),
  ];
}

/** One line for each build of the newest torch. */
const torchLines = ({ version, wheels, torchvision }: TorchRelease): readonly Snippet[] =>
  wheels
    .filter(({ rocm }) => rocm === undefined)
    .map(({ tag, cuda, minDriver }) => ({
      language: 'dockerfile',
      name: cuda === undefined ? 'Install torch for the CPU' : `Install torch with CUDA ${cuda}`,
      prefix: `mltorch${tag.replace(/[^a-z0-9]/g, '')}`,
      description: `torch ${version}${minDriver === undefined ? '' : `, driver from ${minDriver}`}`,
      body: `RUN --mount=type=cache,target=/root/.cache/pip \\\\\n    pip install --index-url https://download.pytorch.org/whl/${tag} torch==\${1:${version}}${torchvision === undefined ? '' : ` torchvision==\${2:${torchvision}}`}\n$0`,
      shape: 'part',
    }));

const python = (port: string, path: string): string =>
  `"python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:\${1:${port}}\${2:${path}}', timeout=4)"`;

function parts({ starters }: Tables): readonly Snippet[] {
  const part = (language: Snippet['language'], prefix: string, name: string, description: string, body: string): Snippet => ({
    language,
    prefix,
    name,
    description,
    body,
    shape: 'part',
  });
  return [
    part(
      'dockerfile',
      'mlpipcache',
      'pip with a cache mount',
      'Downloads stay between builds, not in the image',
      'COPY ${1:requirements.txt} ./\nRUN --mount=type=cache,target=/root/.cache/pip \\\\\n    pip install -r ${1:requirements.txt}\n$0',
    ),
    part(
      'dockerfile',
      'mluvsync',
      'uv sync in a layer of its own',
      'Packages of the lock file, before the code',
      `COPY --from=${starters.images.uv} /uv /usr/local/bin/\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv \\\\\n    uv sync --locked --no-dev --no-install-project\n$0`,
    ),
    part(
      'dockerfile',
      'mlaptinstall',
      'apt-get install',
      'Without recommended packages and without lists',
      'RUN apt-get update \\\\\n && apt-get install -y --no-install-recommends ${1:libgomp1} \\\\\n && rm -rf /var/lib/apt/lists/*\n$0',
    ),
    part(
      'dockerfile',
      'mlnonroot',
      'A user that is not root',
      'With a folder that it may write to',
      'RUN useradd --create-home --uid 10001 app \\\\\n && install -d -o app ${1:/outputs}\nUSER 10001\n$0',
    ),
    part(
      'dockerfile',
      'mlhealth',
      'Health check with Python',
      'Needs no curl in the image',
      `HEALTHCHECK --interval=10s --timeout=5s --start-period=\${3:30}s \\\\\n  CMD [${python('8000', '/health')}]\n$0`,
    ),
    part(
      'compose',
      'mlgpu',
      'One GPU for a service',
      'A device reservation, as Compose asks for it',
      'deploy:\n  resources:\n    reservations:\n      devices:\n        - driver: nvidia\n          count: ${1:1}\n          capabilities: [gpu]\n$0',
    ),
    part(
      'compose',
      'mlgpuids',
      'Certain GPUs for a service',
      'By index or UUID',
      'deploy:\n  resources:\n    reservations:\n      devices:\n        - driver: nvidia\n          device_ids: ["${1:0}"]\n          capabilities: [gpu]\n$0',
    ),
    part('compose', 'mlshm', 'Shared memory', 'For data loaders and tensor parallel servers', 'shm_size: ${1:2gb}\n$0'),
    part(
      'compose',
      'mlhealth',
      'Health check with Python',
      'Needs no curl in the image',
      `healthcheck:\n  test: ["CMD", ${python('8000', '/health')}]\n  interval: 10s\n  timeout: 5s\n  retries: 6\n  start_period: \${3:30s}\n$0`,
    ),
    part(
      'compose',
      'mljob',
      'How a training job ends',
      'Time to save when it is stopped, and no restart',
      'stop_grace_period: ${1:1m}\nrestart: "no"\n$0',
    ),
  ];
}
