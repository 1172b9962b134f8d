import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, completeOn } from '../../../src/assist/complete.ts';
import { hover } from '../../../src/assist/hover.ts';
import { links } from '../../../src/assist/outline.ts';
import { open } from '../../../src/core.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

/** What is offered at `|`, in the order of the list. */
function offered(path: string, marked: string, files: Readonly<Record<string, string>> = {}) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const document = open(path, text, 'requirements');
  return complete(document, offset, worldOf({ files: { ...files, [path]: text } }))
    .toSorted((a, b) => ((a.sort ?? a.label) < (b.sort ?? b.label) ? -1 : 1))
    .map((item) => ({ ...item, after: applyEdits(text, [{ span: item.span, text: item.text }]) }));
}

test('in a pyproject.toml: lists of requirements, addresses of indexes, keys of poetry', () => {
  const first = (path: string, text: string) => offered(path, text)[0];
  assert.equal(
    first('pyproject.toml', '[project]\nrequires-python = ">=3.12"\ndependencies = [\n  "torch==2.2|"\n]\n')?.after,
    '[project]\nrequires-python = ">=3.12"\ndependencies = [\n  "torch==2.2.2"\n]\n',
  );
  const older = offered('pyproject.toml', '[project]\nrequires-python = ">=3.12"\ndependencies = ["torch==|"]\n');
  assert.equal(older.find(({ label }) => label === '2.1.0')?.deprecated, true);
  assert.match(
    first('pyproject.toml', '[[tool.uv.index]]\nname = "pytorch"\nurl = "https://|"\n')?.after ?? '',
    /url = "https:\/\/download\.pytorch\.org\/whl\/\w+"\n$/,
  );
  assert.equal(first('pyproject.toml', '[tool.poetry.dependencies]\ntorch = "2.4.1"\ntorchaudio = "|"\n')?.label, '2.4.1');
  assert.equal(first('pyproject.toml', '[tool.poetry.dependencies]\ntorch = {version = "2.4.|", source = "x"}\n')?.label, '2.4.1');
  assert.ok(
    offered('pyproject.toml', '[dependency-groups]\ngpu = [\n  "requests[socks]",\n  "tor|",\n]\n').some(({ label }) => label === 'torch'),
  );
  assert.deepEqual(offered('pyproject.toml', '[project]\nkeywords = ["tor|"]\n'), []);
  assert.deepEqual(offered('pyproject.toml', '[project]\ndependencies = ["torch", |]\n'), []);
});

test('in a Pipfile and in what pixi reads: names, versions, addresses of indexes', () => {
  const first = (path: string, text: string) => offered(path, text)[0]?.after;
  assert.equal(
    first('Pipfile', '[packages]\ntorch = "==2.4.1"\ntorchvision = "==|"\n'),
    '[packages]\ntorch = "==2.4.1"\ntorchvision = "==0.19.1"\n',
  );
  assert.equal(
    first('Pipfile', '[dev-packages]\ntorch = {version = "2.2|", index = "x"}\n'),
    '[dev-packages]\ntorch = {version = "==2.2.2", index = "x"}\n',
  );
  assert.equal(first('Pipfile', '[packages]\ntorch = "|"\n')?.startsWith('[packages]\ntorch = "==2.'), true);
  assert.match(first('Pipfile', '[packages]\nvll|\n') ?? '', /^\[packages\]\nvllm = "==\d[\d.]*"\n$/);
  assert.match(first('Pipfile', '[[source]]\nname = "pytorch"\nurl = "https://|"\n') ?? '', /download\.pytorch\.org/);
  assert.match(first('pixi.toml', '[pypi-dependencies]\ntorch|\n') ?? '', /^\[pypi-dependencies\]\ntorch\w* = "==/);
  assert.match(first('pixi.toml', '[dependencies]\npytorch = "2.2|"\n') ?? '', /"==2\.2\.2"/);
  assert.match(first('pixi.toml', '[pypi-options]\nextra-index-urls = ["https://|"]\n') ?? '', /download\.pytorch\.org/);
  assert.match(first('pyproject.toml', '[tool.pixi.pypi-dependencies]\ntorch = "==2.2|"\n') ?? '', /"==2\.2\.2"/);
  for (const [path, text] of [
    ['Pipfile', '[requires]\npython_version = "3|"\n'],
    ['pixi.toml', '[workspace]\nname = "tor|"\n'],
    ['pixi.toml', '[dependencies]\ntor|\n'],
    ['pixi.toml', '[tasks]\ntor|\n'],
  ] as const)
    assert.deepEqual(offered(path, text), [], text);
});

test('in an environment of conda, and builds of torch', () => {
  assert.equal(offered('environment.yml', 'dependencies:\n  - pytorch=2.4.1\n  - torchvision=|\n')[0]?.label, '0.19.1');
  assert.ok(offered('requirements.txt', 'torch==2.5.1+|\n').some(({ after }) => after === 'torch==2.5.1+cu124\n'));
});

test('included files, and those of a devcontainer, are links', () => {
  const found = (path: string, language: 'requirements' | 'devcontainer', text: string) =>
    links(open(path, text, language)).map(({ span, target }) => [text.slice(span.start, span.end), target.kind === 'file' && target.path]);
  assert.deepEqual(found('req/requirements.txt', 'requirements', '-r ../base.txt\n-c constraints.txt\ntorch\n'), [
    ['../base.txt', 'base.txt'],
    ['constraints.txt', 'req/constraints.txt'],
  ]);
  const json = '{ "build": { "dockerfile": "../Dockerfile" }, "dockerComposeFile": ["compose.yaml", "${localEnv:X}"] }';
  assert.deepEqual(found('.devcontainer/devcontainer.json', 'devcontainer', json), [
    ['../Dockerfile', 'Dockerfile'],
    ['compose.yaml', '.devcontainer/compose.yaml'],
  ]);
});

test('hover shows what the lock file pins', () => {
  const text = '[project]\ndependencies = ["torch>=2"]\n';
  const files = { 'pyproject.toml': text, 'uv.lock': '[[package]]\nname = "torch"\nversion = "2.4.1"\n' };
  const card = hover(open('pyproject.toml', text, 'requirements'), text.indexOf('torch'), worldOf({ files }))?.markdown ?? '';
  assert.match(card, /`uv\.lock` pins \*\*torch 2\.4\.1\*\*/);
  assert.match(card, /torchvision \| 0\.19\.1/);
});

test('options of pip, extras, and the Pythons of conda that get fixes', () => {
  const labels = (path: string, text: string): readonly string[] => offered(path, text).map(({ label }) => label);
  assert.deepEqual(labels('requirements.txt', '--ex|'), ['--extra-index-url']);
  assert.equal(offered('requirements.txt', '-r|')[0]?.after, '-r ');
  assert.deepEqual(labels('requirements.txt', 'onnxruntime-gpu[cuda,|'), ['cudnn']);
  assert.equal(
    offered('pyproject.toml', '[project]\ndependencies = ["jax[cuda13|"]\n')[0]?.after,
    '[project]\ndependencies = ["jax[cuda13"]\n',
  );
  assert.match(labels('environment.yml', 'dependencies:\n  - python=3.1|\n').join(), /^3\.14,3\.13,/);
});

test('names that ML projects ask for, and none once one of them is typed to its end', () => {
  assert.deepEqual(
    offered('requirements.txt', 'numpy\nsent|\n').map(({ after }) => after),
    ['numpy\nsentence-transformers\n', 'numpy\nsentencepiece\n'],
  );
  const on = (text: string) => {
    const document = open('requirements.txt', text, 'requirements');
    return completeOn(document, text.length, worldOf({ files: {} })).map(({ label }) => label);
  };
  assert.deepEqual([on('pandas'), on('langchain'), on('torch')], [[], [], []]);
  assert.ok(on('langchain-').includes('langchain-community') && on('torc').includes('torchvision'));
});
