import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockedPackages } from '../../src/python/lock.ts';
import { holdsOnLinux } from '../../src/python/marker.ts';
import { poetrySpecifier } from '../../src/python/poetryVersion.ts';
import { readRequirements, requirementsFormat } from '../../src/python/read.ts';
import type { Requirement } from '../../src/python/model.ts';

const project = `# a project
[project]
name = "demo"
requires-python = ">=3.11"
dependencies = [
  "torch[opt-einsum]>=2.4",  # the framework
  'numpy==1.26.4; python_version < "3.13"',
  "models @ git+https://example.org/models@v1",
]
optional-dependencies.gpu = ["onnxruntime-gpu==1.20.1"]

[dependency-groups]
dev = ["pytest", {include-group = "lint"}]
lint = ["ruff==0.8.0"]

[tool.uv.sources]
torch = [
  { index = "pytorch-cpu", marker = "sys_platform == 'darwin'" },
  { index = "pytorch-cu124", marker = "sys_platform == 'linux'" },
]

[[tool.uv.index]]
name = "pytorch-cpu"
url = "https://download.pytorch.org/whl/cpu"
explicit = true

[[tool.uv.index]]
name = "pytorch-cu124"
url = "https://download.pytorch.org/whl/cu124"
explicit = true

[[tool.uv.index]]
name = "own"
url = "https://pypi.example.org/simple"
`;

const summary = ({ name, specifier, pinned, group }: Requirement): string =>
  [group ? `${group.kind}:${group.name}` : '', name, specifier, pinned ?? ''].join('|');

test('a pyproject.toml is read with places', () => {
  const file = readRequirements('pyproject.toml', project);
  assert.deepEqual(file.requirements.map(summary), [
    '|torch|>=2.4|',
    '|numpy|==1.26.4|1.26.4',
    '|models||',
    'extra:gpu|onnxruntime-gpu|==1.20.1|1.20.1',
    'group:dev|pytest||',
    'group:lint|ruff|==0.8.0|0.8.0',
  ]);
  const [torch, numpy, models] = file.requirements;
  assert.ok(torch?.specifierSpan && numpy && models);
  assert.equal(project.slice(torch.span.start, torch.span.end), 'torch[opt-einsum]>=2.4');
  assert.equal(project.slice(torch.specifierSpan.start, torch.specifierSpan.end), '>=2.4');
  assert.equal(numpy.marker, 'python_version < "3.13"');
  assert.equal(models.url, 'git+https://example.org/models@v1');
  assert.deepEqual(torch.indexes, [
    { url: 'https://download.pytorch.org/whl/cpu', marker: "sys_platform == 'darwin'" },
    { url: 'https://download.pytorch.org/whl/cu124', marker: "sys_platform == 'linux'" },
  ]);
  assert.equal(file.python?.specifier, '>=3.11');
  assert.deepEqual(
    file.options.map(({ name, value, tool }) => [name, value, tool]),
    [['extra-index-url', 'https://pypi.example.org/simple', 'uv']],
  );
  assert.deepEqual(file.faults, []);
});

test('a broken line costs itself, not the file', () => {
  const text = '[project]\nname = \ndependencies = [\n  "torch==2.5.1",\n]\n\n[tool.poetry\nx = 1\n';
  const file = readRequirements('pyproject.toml', text);
  assert.deepEqual(file.requirements.map(summary), ['|torch|==2.5.1|2.5.1']);
  assert.equal(file.faults.length, 1);
  for (let end = 0; end <= project.length; end += 7) readRequirements('pyproject.toml', project.slice(0, end));
});

test('poetry', () => {
  const text = `[tool.poetry.dependencies]
python = ">=3.10,<3.13"
torch = {version = "2.5.1+cu121", source = "pytorch"}
numpy = "^1.26"
Pillow = "*"
tensorflow = [
  {version = "2.16.1", platform = "linux"},
  {version = "2.15.0", platform = "darwin"},
]
local = {path = "../local", develop = true}

[tool.poetry.group.dev.dependencies]
pytest = "~8.1"

[[tool.poetry.source]]
name = "pytorch"
url = "https://download.pytorch.org/whl/cu121"
priority = "explicit"
`;
  const { requirements, python } = readRequirements('pyproject.toml', text);
  assert.deepEqual(requirements.map(summary), [
    '|torch|==2.5.1+cu121|2.5.1+cu121',
    '|numpy|>=1.26,<2|',
    '|pillow||',
    '|tensorflow|==2.16.1|2.16.1',
    '|tensorflow|==2.15.0|2.15.0',
    '|local||',
    'group:dev|pytest|>=8.1,<8.2|',
  ]);
  assert.equal(python?.specifier, '>=3.10,<3.13');
  assert.deepEqual(requirements[0]?.indexes, [{ url: 'https://download.pytorch.org/whl/cu121' }]);
  assert.deepEqual(
    requirements.map(({ marker }) => marker),
    [undefined, undefined, undefined, 'sys_platform == "linux"', 'sys_platform == "darwin"', undefined, undefined],
  );
  assert.deepEqual(['^0.2.3', '^0.0.3', '^1', '~1', '~1.2.3', '1.*', '>=1,<2', '^1 , !=1.5'].map(poetrySpecifier), [
    '>=0.2.3,<0.3',
    '>=0.0.3,<0.0.4',
    '>=1,<2',
    '>=1,<2',
    '>=1.2.3,<1.3',
    '==1.*',
    '>=1,<2',
    '>=1,<2,!=1.5',
  ]);
});

test('markers are asked about Linux containers', () => {
  const holds = (marker: string | undefined, python?: string) => holdsOnLinux(marker, python === undefined ? {} : { python });
  assert.equal(holds(undefined), true);
  assert.equal(holds("sys_platform == 'linux'"), true);
  assert.equal(holds('platform_system != \'darwin\' and os_name == "posix"'), true);
  assert.equal(holds("sys_platform == 'darwin' or platform_system == 'Windows'"), false);
  assert.equal(holds("'linux' == sys_platform"), true);
  assert.equal(holds("sys_platform not in 'darwin win32'"), true);
  assert.equal(holds("python_version < '3.12'"), undefined);
  assert.equal(holds("python_version < '3.12'", '3.11'), true);
  assert.equal(holds("'3.12' <= python_version", '3.11'), false);
  assert.equal(holds("python_full_version >= '3.11.4'", '3.11'), undefined);
  assert.equal(holds("sys_platform == 'linux' and (platform_machine == 'x86_64' or python_version >= '3.10')", '3.10'), true);
  assert.equal(holds("platform_machine == 'aarch64'"), undefined);
  for (const odd of ['', '*', 'linux', 'sys_platform == ', "(sys_platform == 'linux'", "extra == 'x'"]) assert.notEqual(holds(odd), false);
});

test('an environment of conda, with its section for pip', () => {
  const text = `name: demo
channels:
  - pytorch
dependencies:
  - python=3.11
  - pytorch::pytorch=2.4.1=py3.11_cuda12.1_cudnn9.1.0_0
  - numpy >=1.26,<2
  - "scikit-learn==1.5.*"
  - pip
  - pip:
      - --extra-index-url https://download.pytorch.org/whl/cu121
      - transformers==4.44.2
      - -r requirements.txt
`;
  const { requirements, options, python } = readRequirements('environment.yml', text);
  assert.deepEqual(
    requirements.map((each) => `${each.conda ? 'conda' : 'pip'}|${summary(each)}`),
    [
      'conda||torch|==2.4.1.*|2.4.1',
      'conda||numpy|>=1.26,<2|',
      'conda||scikit-learn|==1.5.*|',
      'conda||pip||',
      'pip||transformers|==4.44.2|4.44.2',
    ],
  );
  assert.equal(python?.specifier, '==3.11.*');
  assert.deepEqual(
    options.map(({ name, value }) => [name, value]),
    [
      ['extra-index-url', 'https://download.pytorch.org/whl/cu121'],
      ['requirement', 'requirements.txt'],
    ],
  );
  const transformers = requirements.at(-1);
  assert.ok(transformers?.specifierSpan);
  assert.equal(text.slice(transformers.specifierSpan.start, transformers.specifierSpan.end), '==4.44.2');
});

test('lock files say what is really pinned', () => {
  const uv = `version = 1
requires-python = ">=3.11"

[[package]]
name = "torch"
version = "2.5.1"
source = { registry = "https://download.pytorch.org/whl/cpu" }

[[package]]
name = "torch"
version = "2.5.1+cu124"
source = { registry = "https://download.pytorch.org/whl/cu124" }
dependencies = [
    { name = "numpy" },
]

[[package]]
name = "Typing_Extensions"
version = "4.12.2"

[package.optional-dependencies]
name = "no"
`;
  const summary = (text: string): readonly string[] =>
    [...lockedPackages(text)].map(([name, { version = '?', needs }]) =>
      [name, version, ...needs.map((need) => (need.marker === undefined ? need.name : `${need.name};${need.marker}`))].join(' '),
    );
  assert.deepEqual(summary(uv), ['torch 2.5.1 numpy', 'typing-extensions 4.12.2']);
  assert.deepEqual(summary('[[package]]\nname = "a"\nversion = "1"\n[[package]]\nname = "a"\nversion = "2"\n'), ['a ?']);
  assert.deepEqual(
    summary(
      '[[package]]\nname = "accelerate"\nversion = "1.1.0"\noptional = false\n\n[package.dependencies]\nnumpy = ">=1.17"\nTorch = {version = ">=2", markers = "sys_platform == \\"linux\\""}\nextra = {version = "1", optional = true}\n\n[package.extras]\nx = ["y"]\n\n[[package]]\nname = "numpy"\nversion = "2.0.0"\n',
    ),
    ['accelerate 1.1.0 numpy torch;sys_platform == "linux"', 'numpy 2.0.0'],
  );
  assert.deepEqual(
    summary('[[package]]\nname = "a"\nversion = "1"\ndependencies = [\n    "torch>=2; sys_platform == \'linux\'",\n    "b[c]",\n]\n'),
    ["a 1 torch;sys_platform == 'linux' b"],
  );
});

test('setup.cfg and setup.py say what they say in plain lists', () => {
  const cfg =
    '[metadata]\nname = a\n[options]\npython_requires = >=3.10\ninstall_requires =\n    torch==2.1.0  # fixed\n    numpy>=1.26; sys_platform == "linux"\n\n[options.extras_require]\ngpu =\n    xformers==0.0.22\n[flake8]\nignore = E1\n';
  const config = readRequirements('a/setup.cfg', cfg);
  assert.deepEqual(config.requirements.map(summary), ['|torch|==2.1.0|2.1.0', '|numpy|>=1.26|', 'extra:gpu|xformers|==0.0.22|0.0.22']);
  assert.equal(config.python?.specifier, '>=3.10');
  for (const { span, nameSpan, name } of config.requirements) {
    assert.equal(cfg.slice(nameSpan.start, nameSpan.end), name);
    assert.ok(cfg.slice(span.start, span.end).startsWith(name));
  }
  const py =
    'setup(\n  python_requires=">=3.9",\n  install_requires=[\n    "torch==2.1.0",  # "no"\n    \'numpy\',\n  ],\n  extras_require={"gpu": ["triton==2.1.0"], "all": everything},\n)\n';
  const script = readRequirements('setup.py', py);
  assert.deepEqual(script.requirements.map(summary), ['|torch|==2.1.0|2.1.0', '|numpy||', 'extra:gpu|triton|==2.1.0|2.1.0']);
  assert.equal(py.slice(script.python?.span.start, script.python?.span.end), '>=3.9');
  assert.deepEqual(readRequirements('setup.py', 'setup(install_requires=[read("r.txt"), "torch"])').requirements, []);
});

test('files are known by their names', () => {
  const formats = [
    'pyproject.toml',
    'a/requirements-dev.txt',
    'constraints.txt',
    'environment.yml',
    'conda.yaml',
    'env-gpu.yml',
    'environment.py',
  ];
  assert.deepEqual(formats.map(requirementsFormat), ['pyproject', 'pip', 'pip', 'conda', 'conda', 'conda', undefined]);
});

/** What is said of each requirement: name, extras, specifier, marker, index, group. */
