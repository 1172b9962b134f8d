import type { ProjectKind, Tables, Wanted } from './kind.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { compareVersions } from '../../rules/shared/pins.ts';
import { copyLines } from './requirementFiles.ts';
import { builtOnTorch, pythonFor, torchOf } from './stack.ts';

/** What an image of Python code does besides having its packages. */
export interface Program {
  readonly command: readonly string[];
  readonly port?: number;
  /** The path that answers while the service is well. */
  readonly health?: string;
  /** Seconds that loading takes at most. */
  readonly startPeriod?: number;
  /** Packages that the command is of: those that the project does not name are installed beside it. */
  readonly needs?: readonly string[];
  /** Variables that it is started with. */
  readonly variables?: readonly string[];
  /** Folders that the program writes to: made for its user, so that volumes there are writable. */
  readonly writes?: readonly string[];
}

/** A Dockerfile for the Python code of a folder: packages in a stage of their own, code last, a user that is not root. */
export function pythonDockerfile(program: Program, kind: ProjectKind, wanted: Wanted, tables: Tables): string {
  const { survey } = wanted;
  const python = pythonFor(survey, torchOf(survey, kind, tables.knowledge), tables);
  const bare = needsNothing(wanted);
  const conda = wanted.installer === 'conda' && !bare;
  const slim = `python:${python}-slim-bookworm`;
  const blocks = [
    ...(bare ? [] : [buildStage(slim, kind, wanted, tables, missing(program, wanted))]),
    `FROM ${conda ? tables.starters.images.debian : slim}`,
    environment(bare ? undefined : conda ? '/opt/env' : '/opt/venv', survey, [
      ...(program.variables ?? []),
      ...libraryPath(wanted, python),
    ]),
    ...libraries(wanted, tables),
    user(program.writes ?? []),
    `WORKDIR /app\n${bare ? '' : conda ? 'COPY --from=build /opt/env /opt/env\n' : 'COPY --from=build /opt/venv /opt/venv\n'}COPY . .`,
    ending(program),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Whether the standard library is all that the code uses. */
export const needsNothing = ({ survey }: Pick<Wanted, 'survey'>): boolean =>
  survey.dependencies === 'none' &&
  survey.entries.length > 0 &&
  survey.imports.size === 0 &&
  !survey.entries.some(({ kind: is }) => is === 'fastapi');

/** Where the loader finds cuBLAS and cuDNN of pip’s packages. */
function libraryPath({ survey, device, installer }: Wanted, python: string): readonly string[] {
  const locked = survey.dependencies === 'uv.lock' || survey.dependencies === 'poetry';
  const onnx = survey.packages.has('onnxruntime-gpu') && !survey.packages.has('torch');
  if (device.kind !== 'gpu' || installer === 'conda' || locked || !(onnx || needsCublas(survey.packages))) return [];
  const folders = ['cublas', 'cudnn', ...(onnx ? ['cufft', 'curand', 'cuda_nvrtc', 'cuda_runtime', 'cu13'] : [])];
  return [`LD_LIBRARY_PATH=${folders.map((name) => `/opt/venv/lib/python${python}/site-packages/nvidia/${name}/lib`).join(':')}`];
}

/** The packages of the command that nothing of the project brings; a folder without requirements gets them in those that are written. */
const missing = ({ needs = [] }: Program, { survey }: Wanted): readonly string[] =>
  survey.dependencies === 'none' ? [] : needs.filter((name) => !survey.packages.has(name));

function environment(root: string | undefined, { paths }: Wanted['survey'], variables: readonly string[]): string {
  const set = [
    ...(root === undefined ? [] : [`PATH=${root}/bin:$PATH`]),
    ...([...paths].some((path) => /^src\/.*\.py$/.test(path)) ? ['PYTHONPATH=/app/src'] : []),
    'PYTHONUNBUFFERED=1',
    ...variables,
  ];
  return `ENV ${set.join(' \\\n    ')}`;
}

/** How a script is started: as a module where it is part of a package. */
export function pythonCommand(path: string, { paths }: Wanted['survey']): readonly string[] {
  const folder = path.split('/').slice(0, -1).join('/');
  const inPackage = folder !== '' && folder !== 'src' && (folder.startsWith('src/') || paths.has(`${folder}/__init__.py`));
  if (!inPackage) return ['python', path];
  return [
    'python',
    '-m',
    path
      .replace(/^src\//, '')
      .replace(/\.py$/, '')
      .replaceAll('/', '.'),
  ];
}

function user(writes: readonly string[]): string {
  const make = 'RUN useradd --create-home --uid 10001 app';
  return writes.length ? `${make} \\\n && install -d -o app ${writes.join(' ')}` : make;
}

function ending({ command, port, health, startPeriod = 30 }: Program): string {
  const json = (words: readonly string[]): string => `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  const probe =
    port === undefined || health === undefined
      ? undefined
      : json(['python', '-c', `import urllib.request; urllib.request.urlopen('http://127.0.0.1:${port}${health}', timeout=4)`]);
  return [
    'USER 10001',
    ...(port === undefined ? [] : [`EXPOSE ${port}`]),
    ...(probe === undefined ? [] : [`HEALTHCHECK --interval=10s --timeout=5s --start-period=${startPeriod}s \\\n  CMD ${probe}`]),
    `CMD ${json(command)}`,
  ].join('\n');
}

/** Debian packages that the Python packages load at run time. */
function libraries({ survey }: Wanted, { knowledge }: Tables): readonly string[] {
  const wanted = knowledge.packageNeeds
    .filter(({ names, instead }) => instead === undefined && names.some((name) => survey.packages.has(name)))
    .flatMap(({ libraries: [library] = [] }) => library ?? []);
  const opencv = ['opencv-python', 'opencv-contrib-python'].some((name) => survey.packages.has(name)) ? ['libgl1', 'libglib2.0-0'] : [];
  const postgres = survey.packages.has('psycopg2') ? ['libpq5'] : [];
  return aptInstall([...wanted, ...opencv, ...postgres]);
}

/** Debian packages that some Python packages are compiled with, and the CUDA compiler. */
function compilers(wanted: Wanted, { knowledge }: Tables): readonly string[] {
  const { survey } = wanted;
  const cuda = nvcc(wanted, knowledge);
  const names = knowledge.packageNeeds
    .filter(({ names }) => names.some((name) => survey.packages.has(name)))
    .flatMap(({ build = [] }) => build.filter((name) => !['build-essential', 'libmariadb-dev', 'libmysqlclient-dev'].includes(name)))
    .flatMap((name) => (name === 'gcc' ? ['gcc', 'libc6-dev', 'pkg-config'] : [name]));
  return [...aptInstall([...names, ...(cuda?.packages ?? [])]), ...(cuda ? [cuda.text] : [])];
}

/** The compiler of CUDA for a build stage, where something is compiled for it: out of the image that NVIDIA has for development. */
function nvcc(
  { survey, device }: Wanted,
  { cudaImages }: KnowledgeBase,
): { readonly packages: readonly string[]; readonly text: string } | undefined {
  const names = builtOnTorch(survey);
  const minor = device.kind === 'gpu' ? device.build?.cuda : undefined;
  const image = cudaImages.findLast(({ cuda, os }) => minor !== undefined && cuda.startsWith(`${minor}.`) && os.includes('ubuntu22.04'));
  if (!names.length || minor === undefined || !image) return undefined;
  // CUDA 11 refuses Debian 12's own GCC 12.
  const old = minor.startsWith('11.');
  const home = `/usr/local/cuda-${minor}`;
  return {
    packages: old ? ['g++-11', 'git'] : ['g++', 'git'],
    text: `# ${names.join(' and ')}: asks nvcc for its version and compiles with it where no built wheel fits. None of this is in the image that ships.\nCOPY --from=nvidia/cuda:${image.cuda}-devel-ubuntu22.04 ${home} ${home}\nENV CUDA_HOME=${home}${old ? ' \\\n    CC=gcc-11 \\\n    CXX=g++-11' : ''}`,
  };
}

function aptInstall(names: readonly string[]): readonly string[] {
  const sorted = [...new Set(names)].sort();
  if (!sorted.length) return [];
  return [`RUN apt-get update \\\n && apt-get install -y --no-install-recommends ${sorted.join(' ')} \\\n && rm -rf /var/lib/apt/lists/*`];
}

function buildStage(slim: string, kind: ProjectKind, wanted: Wanted, tables: Tables, more: readonly string[]): string {
  const { installer } = wanted;
  switch (installer) {
    case 'uv':
      return [`FROM ${slim} AS build`, ...compilers(wanted, tables), uv(kind, wanted, tables, more)].join('\n\n');
    case 'pip':
      return [`FROM ${slim} AS build`, ...compilers(wanted, tables), pip(kind, wanted, tables, more)].join('\n\n');
    case 'conda':
      return conda(wanted, tables, more);
  }
}

/** The index suffix of the wanted torch build; undefined when PyPI has it or there is no torch. */
function torchTag(kind: ProjectKind, { survey, device }: Wanted, { knowledge }: Tables): string | undefined {
  const torch = torchOf(survey, kind, knowledge);
  if (!torch) return undefined;
  if (device.kind === 'cpu') return 'cpu';
  return device.build?.tag;
}

const torchComment = (tag: string): string =>
  tag === 'cpu'
    ? '# The CPU build of torch: 0.2 GB to download, where the one on PyPI brings more than 2 GB of CUDA libraries.\n'
    : `# The ${tag} build of torch brings the CUDA libraries along; of the host it needs the driver only.\n`;

function uv(kind: ProjectKind, wanted: Wanted, tables: Tables, more: readonly string[]): string {
  const { survey } = wanted;
  const cache = '--mount=type=cache,target=/root/.cache/uv';
  const head = `COPY --from=${tables.starters.images.uv} /uv /usr/local/bin/\nENV UV_LINK_MODE=copy \\\n    UV_COMPILE_BYTECODE=1`;
  if (survey.dependencies === 'uv.lock') {
    const sync = `uv sync --locked --no-dev${survey.installsFolder ? ' --all-packages --no-editable' : ' --no-install-project'}`;
    // The members of a workspace are packages, too, and their code changes more often than what they need.
    const before = survey.installsFolder
      ? `RUN ${cache} \\\n    uv sync --frozen --no-dev --all-packages --no-install-workspace\nCOPY . .\n`
      : '';
    const added = more.length ? `\nRUN ${cache} \\\n    uv pip install --python /opt/venv ${more.join(' ')}` : '';
    return `${head} \\\n    UV_PYTHON_DOWNLOADS=never \\\n    UV_PROJECT_ENVIRONMENT=/opt/venv\n\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\n${before}RUN ${cache} \\\n    ${sync}${added}`;
  }
  const tag = torchTag(kind, wanted, tables);
  const file = survey.file ?? 'requirements.txt';
  const source =
    tag === undefined
      ? ''
      : tables.starters.uvBackends.includes(tag)
        ? `--torch-backend=${tag} `
        : `--extra-index-url https://download.pytorch.org/whl/${tag} --index-strategy unsafe-best-match `;
  const run = `RUN ${cache} \\\n    uv pip install`;
  const first = torchFirst(survey);
  const before = first === undefined ? '' : `${first.comment}${run} ${source}${first.packages}\n`;
  const isolation = first === undefined ? '' : first.names.map((name) => `--no-build-isolation-package ${name} `).join('');
  const { lines, list, after } = copied(survey, file, `${run} ${source}${isolation}`);
  return `${head} \\\n    VIRTUAL_ENV=/opt/venv\nRUN uv venv /opt/venv\n\nWORKDIR /app\n${lines}\n${tag === undefined ? '' : torchComment(tag)}${before}${run} ${source}${isolation}-r ${list}${gpuExtras(wanted, tables.knowledge)}${words(more)}${after}`;
}

function pip(kind: ProjectKind, wanted: Wanted, tables: Tables, more: readonly string[]): string {
  const { survey } = wanted;
  if (survey.dependencies === 'poetry') return poetry(wanted, tables, more);
  const tag = torchTag(kind, wanted, tables);
  const file = survey.file ?? 'requirements.txt';
  const index = tag === undefined ? '' : `--extra-index-url https://download.pytorch.org/whl/${tag} `;
  const run = 'RUN --mount=type=cache,target=/root/.cache/pip \\\n    pip install';
  const first = torchFirst(survey);
  const before = first === undefined ? '' : `${first.comment}${run} ${index}${first.packages}\n`;
  const install = `${run} ${index}${first === undefined ? '' : '--no-build-isolation '}`;
  const { lines, list, after } = copied(survey, file, install);
  return `RUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\n\nWORKDIR /app\n${lines}\n${tag === undefined ? '' : torchComment(tag)}${before}${install}-r ${list}${gpuExtras(wanted, tables.knowledge)}${words(more)}${after}`;
}

/** The lines that copy the requirements, the path to install them from, and the lines that follow where code of the folder is one of them. */
function copied(
  { files, installsFolder }: Wanted['survey'],
  file: string,
  install: string,
): { readonly lines: string; readonly list: string; readonly after: string } {
  if (!installsFolder) return { lines: copyLines(files.length ? files : [file], './'), list: file, after: '' };
  const lists = files.map((path) => `/tmp/${path}`).join(' ');
  return {
    lines: `# Code of this folder is one of the requirements: it comes after the others, which change less often.\n${copyLines(files, '/tmp/')}\nRUN sed -Ei '/^\\s*(-e|--editable|\\.)/d' ${lists}`,
    list: `/tmp/${file}`,
    after: `\nCOPY . .\n${install}-r ${file}`,
  };
}

const words = (names: readonly string[]): string => names.map((name) => ` ${name}`).join('');

/** Packages that find the GPU only with an extra of theirs, which the requirements leave out. */
function gpuExtras({ survey: { packages }, device }: Wanted, knowledge: KnowledgeBase): string {
  if (device.kind !== 'gpu') return '';
  const jax = packages.get('jax');
  const row = knowledge.jax.find(({ version }) => version === jax) ?? knowledge.jax.at(-1);
  const extra = row?.extras.find((name) => name === 'cuda12') ?? row?.extras.find((name) => /^cuda1\d(?:_pip)?$/.test(name));
  const tensorflow = packages.get('tensorflow');
  const old = tensorflow !== undefined && /^(?:1\.|2\.(?:\d|1[0-3])\.)/.test(tensorflow);
  const onnx = packages.get('onnxruntime-gpu');
  // torch brings the same libraries.
  const bare = packages.has('onnxruntime-gpu') && !packages.has('torch') && (onnx === undefined || compareVersions(onnx, '1.21') >= 0);
  return [
    ...(bare ? [`'onnxruntime-gpu[cuda,cudnn]${onnx === undefined ? '' : `==${onnx}`}'`] : []),
    ...(needsCublas(packages) ? ["nvidia-cublas-cu12 'nvidia-cudnn-cu12==9.*'"] : []),
    ...(packages.has('tensorflow') && !old ? [`'tensorflow[and-cuda]${tensorflow === undefined ? '' : `==${tensorflow}`}'`] : []),
    ...(packages.has('jax') && extra !== undefined ? [`'jax[${extra}]${jax === undefined ? '' : `==${jax}`}'`] : []),
  ]
    .map((each) => ` ${each}`)
    .join('');
}

/** Whether the GPU is used through CTranslate2, which brings neither cuBLAS nor cuDNN and looks for them where the loader does. */
const needsCublas = (packages: Wanted['survey']['packages']): boolean =>
  ['ctranslate2', 'faster-whisper'].some((name) => packages.has(name)) && !packages.has('torch');

/** What has to be there before the rest, where something is built on torch. */
function torchFirst(
  survey: Wanted['survey'],
): { readonly names: readonly string[]; readonly packages: string; readonly comment: string } | undefined {
  const names = builtOnTorch(survey);
  if (!names.length) return undefined;
  const torch = survey.packages.get('torch');
  return {
    names,
    packages: `torch${torch === undefined ? '' : `==${torch}`} packaging ninja psutil setuptools wheel`,
    comment: `# ${names.join(' and ')}: imports torch while it is built, so torch comes first.\n`,
  };
}

/** poetry in an environment of its own installs into that of the project. */
function poetry({ survey }: Wanted, { starters }: Tables, more: readonly string[]): string {
  const lock = survey.paths.has('poetry.lock') ? ' poetry.lock' : '';
  return [
    `RUN --mount=type=cache,target=/root/.cache/pip \\\n    python -m venv /opt/poetry && /opt/poetry/bin/pip install poetry==${starters.pins.poetry}`,
    'RUN python -m venv /opt/venv\nENV VIRTUAL_ENV=/opt/venv \\\n    PATH=/opt/venv/bin:$PATH',
    `WORKDIR /app\nCOPY pyproject.toml${lock} ./\nRUN --mount=type=cache,target=/root/.cache/pypoetry \\\n    /opt/poetry/bin/poetry install --only main --no-root${more.length ? `\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    pip install ${more.join(' ')}` : ''}`,
  ].join('\n\n');
}

function conda({ survey, device }: Wanted, { starters }: Tables, more: readonly string[]): string {
  const file = survey.file?.startsWith('environment') ? survey.file : 'environment.yml';
  const cuda = device.kind === 'gpu' ? (device.build?.cuda ?? '12.8') : undefined;
  const override =
    cuda === undefined
      ? ''
      : `\n# No GPU is seen during a build: this says which CUDA the packages are chosen for.\nENV CONDA_OVERRIDE_CUDA=${cuda}\n`;
  return `FROM ${starters.images.micromamba} AS build\n\nUSER root\n${override}${copyLines(survey.files.length ? survey.files : [file], '/tmp/')}\nRUN --mount=type=cache,target=/opt/conda/pkgs \\\n    micromamba create -y -p /opt/env -f /tmp/${file}${more.length ? ` \\\n && micromamba install -y -p /opt/env -c conda-forge ${more.join(' ')}` : ''}`;
}
