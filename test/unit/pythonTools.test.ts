import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockedPackages } from '../../src/python/lock.ts';
import { readRequirements } from '../../src/python/read.ts';
import type { Requirement } from '../../src/python/model.ts';

const said = ({ name, extras, specifier, marker, indexes, group, conda, url }: Requirement): string =>
  [
    `${conda ? 'conda ' : ''}${name}${extras.length ? `[${extras.join()}]` : ''}${specifier}`,
    ...(marker === undefined ? [] : [`; ${marker}`]),
    ...(url === undefined ? [] : [`@ ${url}`]),
    ...(indexes ?? []).map((index) => `<- ${index.url}`),
    ...(group ? [`(${group.name})`] : []),
  ].join(' ');

test('a Pipfile', () => {
  const text = `[[source]]
name = "pypi"
url = "https://pypi.org/simple"
verify_ssl = true

[[source]]
name = "pytorch"
url = "https://download.pytorch.org/whl/cpu"

[packages]
torch = {version = "==2.5.1", index = "pytorch"}
Flask = "*"
uvicorn = {extras = ["standard"], version = ">=0.30"}
pywin32 = {version = "*", sys_platform = "== 'win32'"}
tool = {git = "https://example.org/tool.git"}

[dev-packages]
pytest = "~=8.3"

[docs]
sphinx = "*"

[requires]
python_version = "3.11"
`;
  const file = readRequirements('Pipfile', text);
  assert.deepEqual(file.requirements.map(said), [
    'torch==2.5.1 <- https://download.pytorch.org/whl/cpu',
    'flask',
    'uvicorn[standard]>=0.30',
    "pywin32 ; sys_platform == 'win32'",
    'tool @ https://example.org/tool.git',
    'pytest~=8.3 (dev)',
    'sphinx (docs)',
  ]);
  assert.equal(file.python?.specifier, '==3.11.*');
  assert.deepEqual(
    file.options.map(({ name, value }) => `${name} ${value}`),
    ['index-url https://pypi.org/simple'],
  );
  const [torch] = file.requirements;
  assert.equal(torch?.specifierSpan && text.slice(torch.specifierSpan.start, torch.specifierSpan.end), '==2.5.1');
  assert.deepEqual(readRequirements('Pipfile', '[packages\n').faults.length, 1);
});

test('a pixi.toml, and pixi’s part of a pyproject.toml', () => {
  const parts = `dependencies]
python = "3.12.*"
pytorch = { version = ">=2.5,<3", channel = "conda-forge" }
numpy = "2.1.3"
scipy = "*"

[WHEREpypi-dependencies]
torchvision = "==0.20.1"
vllm = { version = "*", extras = ["audio"] }

[WHEREfeature.cuda.pypi-dependencies]
xformers = ">=0.0.28"

[WHEREtarget.win-64.dependencies]
pywin32 = "*"

[WHEREtarget.linux-64.pypi-dependencies]
triton = "==3.1.0"

[WHEREpypi-options]
extra-index-urls = ["https://download.pytorch.org/whl/cu124"]
`;
  const wanted = [
    'conda torch>=2.5,<3',
    'conda numpy==2.1.3.*',
    'conda scipy',
    'torchvision==0.20.1',
    'vllm[audio]',
    'triton==3.1.0',
    'xformers>=0.0.28 (cuda)',
  ];
  for (const [path, where] of [
    ['pixi.toml', ''],
    ['pyproject.toml', 'tool.pixi.'],
  ] as const) {
    const file = readRequirements(path, `[${where}${parts.replaceAll('WHERE', where)}`);
    assert.deepEqual(file.requirements.map(said).sort(), [...wanted].sort(), path);
    assert.equal(file.python?.specifier, '==3.12.*');
    assert.deepEqual(
      file.options.map(({ name, value }) => `${name} ${value}`),
      ['extra-index-url https://download.pytorch.org/whl/cu124'],
    );
    assert.deepEqual(file.faults, []);
  }
});

test('environments of hatch, and files that it reads', () => {
  const text =
    '[project]\ndynamic = ["dependencies"]\n\n[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["requirements.txt"]\n\n[tool.hatch.envs.train]\ndependencies = ["torch==2.5.1"]\nextra-dependencies = ["wandb"]\n';
  const file = readRequirements('pyproject.toml', text);
  assert.deepEqual(file.requirements.map(said), ['torch==2.5.1 (train)', 'wandb (train)']);
  assert.deepEqual(
    file.options.map(({ name, value }) => `${name} ${value}`),
    ['requirement requirements.txt'],
  );
});

test('a uv.toml names indexes', () => {
  const file = readRequirements(
    'uv.toml',
    'extra-index-url = ["https://a.example.org/simple"]\n\n[[index]]\nname = "pytorch"\nurl = "https://download.pytorch.org/whl/cu124"\n\n[[index]]\nname = "b"\nurl = "https://b.example.org"\nexplicit = true\n',
  );
  assert.deepEqual(file.requirements, []);
  assert.deepEqual(
    file.options.map(({ name, value, tool }) => `${tool ?? ''} ${name} ${value}`),
    ['uv extra-index-url https://download.pytorch.org/whl/cu124', 'uv extra-index-url https://a.example.org/simple'],
  );
});

test('a Pipfile.lock', () => {
  const lock = JSON.stringify(
    {
      _meta: { hash: { sha256: 'x' }, sources: [{ name: 'pypi' }] },
      default: {
        torch: { hashes: ['sha256:1'], index: 'pytorch', markers: "python_version >= '3.8'", version: '==2.4.1+cpu' },
        'typing-extensions': { hashes: [], version: '==4.12.2' },
      },
      develop: { pytest: { version: '==8.3.4' } },
    },
    undefined,
    4,
  );
  assert.deepEqual(
    [...lockedPackages(lock)].map(([name, { version }]) => `${name} ${version ?? ''}`),
    ['torch 2.4.1+cpu', 'typing-extensions 4.12.2', 'pytest 8.3.4'],
  );
});
