import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverDockerfile } from '../../../src/assist/dockerfile/hover.ts';
import { linksInDockerfile } from '../../../src/assist/dockerfile/links.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { worldOf } from '../world.ts';

describe('hover says what is under the pointer', () => {
  for (const [marked, said] of [
    ['FROM python:3.12-slim AS b\nFROM a\nCOPY --from=¦b /x /x\n', /^Stage 0 \(b\): `FROM python:3\.12-slim`$/],
    ['ARG V=3.12\nFROM python:$V AS b\nFROM b AS c\nFROM a\nCOPY --from=¦1 /x /x\n', /^Stage 1 \(c\): `FROM b`, on `python:3\.12`$/],
    ['FROM a AS b\nFROM c\nRUN --mount=type=bind,from=¦b,target=/x true\n', /^Stage 0 \(b\)/],
    ['FROM a\nRUN --mount=type=cac¦he,target=/x true\n', /kept between builds/],
    ['FROM a\nRUN --mount=type=cache,sha¦ring=locked,target=/x true\n', /one after the other/],
    ['FROM a\nRUN --mount=type=secret,id=a,d¦st=/x true\n', /Where it is mounted/],
    ['FROM a\nRUN --network=n¦one true\n', /No network/],
    ['FROM a\nSTOPSIGNAL SIG¦INT\n', /KeyboardInterrupt/],
    ['FROM a\nSTOPSIGNAL te¦rm\n', /docker stop/],
    ['FROM a\nARG TARGETARCH\nRUN echo $TARGET¦ARCH\n', /set by the build.*`amd64`/s],
    ['FROM --platform=$BUILD¦PLATFORM a\n', /machine that builds/],
    ['FROM a\nENV HF_¦HOME=/m\n', /\/m.*Hugging Face/s],
  ] as const)
    test(marked.replace(/\n/g, '⏎'), () => {
      const card = hoverDockerfile(parseDockerfile('Dockerfile', marked.replace('¦', '')), marked.indexOf('¦'), worldOf({}));
      assert.match(card?.markdown ?? '', said);
    });
});

test('paths lead to the files of the context that are there', () => {
  const files = { 'docker/a.txt': '', 'src/b.py': '', 'requirements.txt': 'x\n', 'docker/Dockerfile': '' };
  const text =
    'FROM scratch\nCOPY a.txt "src/b.py" missing.txt *.c $X /d/\nCOPY --from=x a.txt /\nADD ["a.txt", "/"]\nCOPY requirements.txt .\n' +
    'RUN --mount=type=bind,source=src/b.py,target=/b pip install -r requirements.txt\nCOPY <<a.txt /x\na.txt\nONBUILD COPY a.txt /\n';
  const links = linksInDockerfile(parseDockerfile('docker/Dockerfile', text), worldOf({ files }).files);
  assert.deepEqual(
    links.map(({ span, target }) => [text.slice(span.start, span.end), target.kind === 'file' && target.path]),
    [
      ['a.txt', 'docker/a.txt'],
      ['src/b.py', 'src/b.py'],
      ['a.txt', 'docker/a.txt'],
      ['requirements.txt', 'requirements.txt'],
      ['src/b.py', 'src/b.py'],
      ['requirements.txt', 'requirements.txt'],
      ['a.txt', 'docker/a.txt'],
    ],
  );
});

test('stages say how large the images are that Compose built of them', () => {
  const compose =
    'services:\n  train:\n    build: {context: ., target: train}\n    image: ml/${NAME:-train}:1\n  api:\n    build: .\n  odd:\n    build: {context: ., target: odd}\n';
  const files = { 'app/compose.yaml': compose };
  const live = {
    images: ['ml/train:1', 'app-api:latest', 'c:latest', 'other:1'],
    sizes: { 'ml/train:1': 8_440_000_000, 'app-api:latest': 130e6 },
  };
  const text = 'FROM a AS train\nFROM train AS odd\nFROM train AS b\nCOPY --from=train /x /x\nFROM c\n';
  const card = (of: string, other = worldOf({ files, live })): string | undefined =>
    hoverDockerfile(parseDockerfile('app/Dockerfile', text), text.indexOf(of) + of.length - 1, other)?.markdown;
  assert.equal(card('AS train'), 'Stage 0 (train): `FROM a`\n\nBuilt for the service `train` as `ml/train:1`: 8.4 GB.');
  assert.match(card('--from=train') ?? '', /8\.4 GB/);
  assert.match(card('FROM c') ?? '', /`app-api`: 130 MB\./);
  assert.equal(card('AS odd'), undefined);
  assert.equal(card('AS train', worldOf({ files })), undefined);
  assert.equal(
    card('AS train', worldOf({ files, live: { images: ['ml/train:1'] } })),
    'Stage 0 (train): `FROM a`\n\nBuilt for the service `train` as `ml/train:1`.',
  );
  // Of a file in the topmost folder nobody knows here what the project is called.
  const top = hoverDockerfile(
    parseDockerfile('Dockerfile', 'FROM c\n'),
    6,
    worldOf({ files: { 'compose.yaml': 'services:\n  api:\n    build: .\n' }, live: { images: ['project-api:latest'] } }),
  );
  assert.equal(top, undefined);
});

test('an ARG says which services and which targets of Bake give it, and what', () => {
  const files = {
    'compose.yaml': 'services:\n  api:\n    build:\n      context: .\n      args: {CUDA: 12.4.1}\n  other:\n    image: x\n',
    'docker-bake.hcl':
      'variable "CUDA_NEW" { default = "12.8.1" }\n\ntarget "_base" { # for both\n  args = { CUDA = "12.6.3" }\n}\ntarget "gpu" {\n  inherits = ["_base"]\n  args = {\n    CUDA = "${CUDA_NEW}"\n    TAGS = join(",", ["a"])\n  }\n}\ntarget "old" {\n  inherits = ["_base"]\n  dockerfile = "./Dockerfile"\n}\ntarget "elsewhere" {\n  context = "sub"\n  args = { CUDA = "1" }\n}\n',
  };
  const card = (text: string): string | undefined =>
    hoverDockerfile(parseDockerfile('Dockerfile', text.replace('¦', '')), text.indexOf('¦'), worldOf({ files }))?.markdown;
  const given =
    '\n\nGiven by\n- the service `api` in `compose.yaml`: `12.4.1`\n- the target `gpu` in `docker-bake.hcl`: `12.8.1`\n- the target `old` in `docker-bake.hcl`: `12.6.3`';
  assert.equal(card('ARG CU¦DA=12.2.2\nFROM nvidia/cuda:${CUDA}-base-ubuntu22.04\n'), `\`\`\`\n12.2.2\n\`\`\`\n\n**CUDA** (ARG)${given}`);
  assert.equal(card('ARG CUDA\nFROM nvidia/cuda:${CU¦DA}-base-ubuntu22.04\n'), `**CUDA** (ARG) has no value here.${given}`);
  assert.equal(card('FROM a\nARG TA¦GS\n'), '**TAGS**\n\nGiven by\n- the target `gpu` in `docker-bake.hcl`');
  assert.equal(card('FROM a\nENV CU¦DA=1\n'), '```\n1\n```\n\n**CUDA** (ENV)');
});
