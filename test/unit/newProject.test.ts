import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { languageOf, open } from '../../src/core.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import { defaultLintConfig, lint } from '../../src/lint/lint.ts';
import type { Installer, ProjectKind } from '../../src/plan/newProject/kind.ts';
import { joined, secretValue } from '../../src/plan/newProject/newProject.ts';
import { devicesFor, pythonFor, torchOf } from '../../src/plan/newProject/stack.ts';
import { rules } from '../../src/rules/index.ts';
import { folders } from './folders.ts';
import { begun, everyProject, projectKinds, survey, tables } from './projects.ts';
import { worldOf } from './world.ts';

// What New ML Project… writes is clean under our own check, for every kind, folder, device, installer and variant.

const kindOf = (id: string): ProjectKind => {
  const kind = projectKinds.find((each) => each.id === id);
  assert.ok(kind);
  return kind;
};
function findings(files: Readonly<Record<string, string>>): readonly string[] {
  const world = worldOf({ files });
  return Object.entries(files).flatMap(([path, text]) => {
    const language = languageOf(path);
    if (!language) return [];
    const failed = (rule: string, error: unknown): void => {
      throw new Error(rule, { cause: error });
    };
    // Docker makes the folders of notebooks and results at the start.
    return lint(open(path, text, language), rules, world, defaultLintConfig, failed)
      .filter(({ rule }) => rule !== 'bind-folder-missing')
      .map(({ rule, message, span }) => `${path} ${rule} at «${text.slice(span.start, span.end)}»: ${message}`);
  });
}

for (const kind of projectKinds)
  describe(kind.title, () => {
    for (const { title, files } of everyProject(kind))
      test(title, () => {
        assert.deepEqual(findings(files), []);
      });
  });

test('the check would see what is wrong', () => {
  assert.match(findings({ Dockerfile: 'FROM python:3.8\nCOPY . .\nRUN pip install torch==2.9.1\n' }).join(), /torch-python-unsupported/);
});

const planned = (
  id: string,
  files: Readonly<Record<string, string>>,
  installer: Installer,
  gpu = false,
): Readonly<Record<string, string>> => {
  const kind = kindOf(id);
  const seen = survey(files);
  const device = devicesFor(seen, kind, tables).find((each) => each.device.kind === (gpu ? 'gpu' : 'cpu'))?.device;
  assert.ok(device);
  const after = begun(kind, { survey: seen, device, installer, variant: '' }, files);
  return Object.fromEntries(Object.entries(after).filter(([path]) => !(path in files)));
};

test('the torch that is pinned decides on Python and the builds to choose from', () => {
  const seen = survey({ 'requirements.txt': 'torch==1.13.1\n', 'train.py': 'import torch\n' });
  const torch = torchOf(seen, kindOf('training'), knowledge);
  assert.equal(torch?.version, '1.13.1');
  assert.equal(pythonFor(seen, torch, tables), '3.11');
  assert.deepEqual(
    devicesFor(seen, kindOf('training'), tables).map(({ label }) => label),
    ['CPU', 'NVIDIA GPU, CUDA 11.7', 'NVIDIA GPU, CUDA 11.6'],
  );
});

test('an application is started by what it is made for, and with what it needs', () => {
  const command = (files: Readonly<Record<string, string>>): string => {
    const dockerfile = planned('serving', files, 'pip')['Dockerfile'] ?? '';
    return `${/pip install(?: --extra-index-url \S+)? (-r .*)/.exec(dockerfile)?.[1] ?? ''} ${/^CMD .*/m.exec(dockerfile)?.[0] ?? ''} ${/urlopen\('([^']*)'/.exec(dockerfile)?.[1] ?? ''}`;
  };
  assert.match(
    command(folders.streamlit),
    /^-r requirements\.txt CMD \["streamlit", "run", "app\.py", .* http:\/\/127\.0\.0\.1:8501\/_stcore\/health$/,
  );
  assert.match(command(folders.gradio), /CMD \["python", "demo\.py"\] http:\/\/127\.0\.0\.1:7000\/$/);
  assert.match(
    command(folders.flask),
    /^-r requirements\.txt gunicorn CMD \["gunicorn", "--bind", "0\.0\.0\.0:8000", "api:app"\] .*\/health$/,
  );
  assert.match(command(folders['fastapi alone']), /^-r requirements\.txt uvicorn CMD \["uvicorn", "main:app"/);
});

test('what a GPU needs besides its driver comes along where the packages bring none', () => {
  const dockerfile = planned('serving', folders['speech on a GPU'], 'pip', true)['Dockerfile'] ?? '';
  assert.match(dockerfile, /'onnxruntime-gpu\[cuda,cudnn\]==1\.23\.0' nvidia-cublas-cu12 'nvidia-cudnn-cu12==9\.\*'/);
  assert.match(dockerfile, /LD_LIBRARY_PATH=\/opt\/venv\/lib\/python3\.\d+\/site-packages\/nvidia\/cublas\/lib:/);
  assert.doesNotMatch(planned('serving', folders['speech on a GPU'], 'pip')['Dockerfile'] ?? '', /nvidia/);
});

test('a training script is the one that is there, guarded or not', () => {
  const files = planned('training', folders['a script without a guard'], 'pip');
  assert.match(files['Dockerfile'] ?? '', /CMD \["python", "experiments\/train\.py"\]/);
  assert.equal(files['train.py'], undefined);
});

test('a torch that another package brings decides too, as the lock file says', () => {
  const files = {
    'pyproject.toml': '[project]\nname = "x"\nversion = "0.1.0"\ndependencies = ["accelerate"]\n',
    'uv.lock':
      'version = 1\n\n[[package]]\nname = "accelerate"\nversion = "1.1.0"\ndependencies = [\n    { name = "torch" },\n    { name = "numpy" },\n]\n\n[[package]]\nname = "numpy"\nversion = "1.26.4"\n\n[[package]]\nname = "torch"\nversion = "2.1.0"\n',
    'train.py': 'import accelerate\n',
  };
  const seen = survey(files);
  assert.deepEqual(
    [...seen.packages],
    [
      ['accelerate', '1.1.0'],
      ['torch', '2.1.0'],
    ],
  );
  assert.equal(pythonFor(seen, torchOf(seen, kindOf('training'), knowledge), tables), '3.11');
});

test('what is built on torch comes after it, and poetry installs what only it understands', () => {
  const uv = planned('training', folders['built on torch'], 'uv', true)['Dockerfile'] ?? '';
  assert.match(uv, /uv pip install \S+ torch==2\.6\.0 packaging ninja psutil setuptools wheel\n/);
  assert.match(uv, /--no-build-isolation-package flash-attn -r requirements\.txt\n/);
  assert.match(
    uv,
    /\nCOPY --from=nvidia\/cuda:12\.4\.1-devel-ubuntu22\.04 (\/usr\/local\/cuda-12\.4) \1\nENV CUDA_HOME=\/usr\/local\/cuda-12\.4\n/,
  );
  const pip = planned('training', folders['built on torch'], 'pip', true)['Dockerfile'] ?? '';
  assert.match(pip, /--no-build-isolation -r requirements\.txt\n/);
  const own = planned('training', folders.poetry, 'pip', true)['Dockerfile'] ?? '';
  assert.match(own, /COPY pyproject\.toml poetry\.lock \.\/\nRUN .*\n {4}\/opt\/poetry\/bin\/poetry install --only main --no-root\n/);
});

test('a GPU gets the extras that bring CUDA, and weights are mounted', () => {
  for (const installer of ['uv', 'pip'] as const)
    assert.match(
      planned('training', folders.tensorflow, installer, true)['Dockerfile'] ?? '',
      /-r requirements\.txt 'tensorflow\[and-cuda\]==2\.19\.0'\n/,
    );
  assert.doesNotMatch(planned('training', folders.tensorflow, 'pip')['Dockerfile'] ?? '', /and-cuda/);
  const jax = { 'requirements.txt': 'jax\n', 'train.py': 'import jax\n' };
  assert.match(planned('training', jax, 'uv', true)['Dockerfile'] ?? '', / 'jax\[cuda12\]'\n/);
  const model = { ...folders.requirements, 'models/a.onnx': 'x', 'best.pt': 'x', 'checkpoints/load.py': '', 'checkpoints/b.ckpt': 'x' };
  assert.match(
    planned('serving', model, 'pip')['compose.yaml'] ?? '',
    /volumes:\n {6}- \.\/best\.pt:\/app\/best\.pt:ro\n {6}- \.\/checkpoints\/b\.ckpt:\S+\n {6}- \.\/models:\/app\/models:ro\n/,
  );
});

test('a lock file has chosen the build of torch', () => {
  const labels = (folder: keyof typeof folders): readonly string[] =>
    devicesFor(survey(folders[folder]), kindOf('training'), tables).map(({ label }) => label);
  assert.deepEqual(labels('uv project'), ['NVIDIA GPU, CUDA 12.8']);
  assert.deepEqual(labels('uv project for the CPU'), ['CPU']);
  assert.deepEqual(labels('project file'), ['CPU', 'NVIDIA GPU, CUDA 12.8', 'NVIDIA GPU, CUDA 13.0', 'NVIDIA GPU, CUDA 12.6']);
});

test('what the folder says of Python is kept', () => {
  const python = (files: Readonly<Record<string, string>>): string => pythonFor(survey(files), undefined, tables);
  assert.equal(python({ '.python-version': '3.11.4\n' }), '3.11');
  assert.equal(python({ 'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.13"\n' }), '3.13');
  assert.equal(python({ 'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.10,<3.12"\n' }), '3.11');
  assert.equal(python({}), '3.12');
});

test('the wanted build of torch comes from its own index, and everything else from PyPI', () => {
  const folder = {
    'requirements.txt': 'torch==2.9.1\nnumpy==2.3.4\n',
    'train.py': 'import torch\n\nif __name__ == "__main__":\n    print(torch)\n',
  };
  assert.match(
    planned('training', folder, 'pip')['Dockerfile'] ?? '',
    /pip install --extra-index-url https:\/\/download\.pytorch\.org\/whl\/cpu -r requirements\.txt/,
  );
  assert.match(planned('training', folder, 'uv', true)['Dockerfile'] ?? '', /uv pip install --torch-backend=cu128 -r requirements\.txt/);
  assert.deepEqual(Object.keys(planned('training', folder, 'pip')), [
    'Dockerfile',
    '.dockerignore',
    'compose.yaml',
    '.devcontainer/devcontainer.json',
  ]);
  assert.ok('compose.gpu.yaml' in planned('training', folder, 'uv', true));
});

test('the application that is there is what is served, and its own health route is asked', () => {
  const code = 'from fastapi import FastAPI\n\napi = FastAPI()\n\n@api.get("/healthz")\ndef health(): return {}\n';
  const { Dockerfile = '' } = planned('serving', { 'requirements.txt': 'fastapi\nuvicorn\n', 'service/main.py': code }, 'pip');
  assert.match(Dockerfile, /CMD \["uvicorn", "service\.main:api", "--host", "0\.0\.0\.0", "--port", "8000"\]/);
  assert.match(Dockerfile, /127\.0\.0\.1:8000\/healthz/);
});

test('what the code imports is required where nothing says so, and nothing is installed for the standard library', () => {
  const main = '\nif __name__ == "__main__":\n    pass\n';
  const files = planned('training', { 'train.py': `import os\nimport cv2\nfrom mine import x\n${main}`, 'mine.py': 'x = 1\n' }, 'pip');
  assert.equal(files['requirements.txt'], `numpy==2.3.4\nopencv-python-headless\ntorch==${knowledge.torch.at(-1)?.version ?? ''}\n`);
  const bare = planned('training', { 'train.py': `import json\n${main}` }, 'pip');
  assert.equal(bare['requirements.txt'], undefined);
  assert.doesNotMatch(bare['Dockerfile'] ?? '', /pip|AS build/);
});

test('what a Pipfile names is required in the versions of its lock', () => {
  const lock = { default: { torch: { version: '==2.5.1' }, numpy: { version: '==1.26.4' } }, develop: {} };
  const files = {
    Pipfile: '[packages]\ntorch = "*"\nflask = "==3.1.0"\n\n[dev-packages]\npytest = "*"\n\n[requires]\npython_version = "3.11"\n',
    'Pipfile.lock': JSON.stringify(lock, undefined, 4),
    'train.py': 'import torch\n',
  };
  const after = planned('training', files, 'pip');
  assert.equal(after['requirements.txt'], 'flask==3.1.0\ntorch==2.5.1\n');
  assert.match(after['Dockerfile'] ?? '', /python:3\.11-slim/);
  assert.deepEqual(findings({ ...files, ...after }), []);
});

test('the script that trains is started, not one beside it; imports that may be missing are not required', () => {
  const main = 'if __name__ == "__main__":\n    pass\n';
  const code = 'import torch\ntry:\n    import flash_attn\nexcept ImportError:\n    flash_attn = None\n';
  const files = Object.fromEntries(
    ['a.py', 'docs/train.py', 'tests/test_train.py', 'utils/train_help.py', 'setup.py', 'model/pretrain.py'].map((path) => [
      path,
      `${code}${main}`,
    ]),
  );
  const after = planned('training', files, 'pip');
  assert.match(after['Dockerfile'] ?? '', /CMD \["python", "model\/pretrain\.py"\]/);
  assert.doesNotMatch(after['requirements.txt'] ?? '', /flash/);
});

test('every kind is named after its file', () => {
  for (const { id } of projectKinds) assert.ok(existsSync(`src/plan/newProject/kinds/${id}.ts`), id);
});

test('a kind says why it suits the folder', () => {
  const suited = (files: Readonly<Record<string, string>>): readonly string[] =>
    projectKinds.flatMap((kind) => (kind.suits(survey(files)) === undefined ? [] : kind.id));
  assert.deepEqual(suited({}), []);
  assert.deepEqual(suited({ 'requirements.txt': 'torch\nmlflow\n' }), ['mlflow', 'training']);
  assert.deepEqual(suited({ 'requirements.txt': 'qdrant-client\n', 'dags/x.py': '', 'a.ipynb': '' }), ['airflow', 'notebook', 'vectors']);
  assert.deepEqual(suited({ 'models/m/config.pbtxt': '', 'app.py': 'app = FastAPI()\n' }), ['serving', 'triton']);
});

test('lines are added to a file that is there, and what it has stays', () => {
  const file = { path: '.env', text: 'A=1\nB=2\n', lines: true } as const;
  assert.equal(joined(file, 'export A=mine'), 'export A=mine\nB=2\n');
  assert.equal(joined(file, 'A=x\nB=y\n'), 'A=x\nB=y\n');
  assert.equal(joined({ path: '.env.example', text: '# Set all.\nA=\n', lines: true }, 'A=x\n'), 'A=x\n');
  assert.equal(joined({ path: 'Dockerfile', text: 'FROM a\n' }, 'FROM b\n'), 'FROM a\n');
});

test('a Fernet key is 32 bytes in base64 with - and _', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => i * 7 + 3);
  assert.equal(secretValue('AIRFLOW_FERNET_KEY', bytes), Buffer.from(bytes).toString('base64url') + '=');
  assert.match(secretValue('PASSWORD', bytes), /^[0-9a-f]{32}$/);
});

test('lists that include others are copied with them, and code of the folder comes last', () => {
  const lists = planned('serving', folders['lists that include others'], 'pip')['Dockerfile'] ?? '';
  assert.match(
    lists,
    /\nCOPY constraints\.txt \.\/\nCOPY requirements\/prod\.txt requirements\/base\.txt \.\/requirements\/\n[^]* -r requirements\/prod\.txt\n/,
  );
  const own = planned('training', folders['code of its own among the requirements'], 'pip', true)['Dockerfile'] ?? '';
  assert.match(
    own,
    /\nCOPY requirements\.txt \/tmp\/\nRUN sed [^\n]*\n[^]* -r \/tmp\/requirements\.txt\nCOPY \. \.\n[^]* -r requirements\.txt\n/,
  );
  assert.match(own, /torch==2\.9\.1 packaging ninja/);
});

test('Airflow leaves out what is compiled for a GPU, and its tasks have shared memory', () => {
  const files = planned('airflow', { ...folders['built on torch'], 'dags/a.py': 'import torch\n' }, 'uv');
  assert.match(
    files['Dockerfile'] ?? '',
    /grep -hviE '\^\(\(flash\[-_\.\]attn\)\\b[^]*whl\/cpu "apache-airflow==\$\{AIRFLOW_VERSION\}" -r \/tmp\/dags\.txt\n$/,
  );
  assert.match(files['compose.yaml'] ?? '', /\n {2}shm_size: 2gb\n/);
});
