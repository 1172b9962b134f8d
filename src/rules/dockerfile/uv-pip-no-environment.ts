import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { baseName, join } from '../../text/paths.ts';
import { imageReference } from '../../text/imageReference.ts';
import { buildContext } from '../shared/buildContext.ts';
import { distroOf, externallyManaged } from '../shared/distro.ts';
import { beside } from '../shared/looksAt.ts';
import { stageText } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'uv-pip-no-environment',
  severity: 'error',
  title: 'Tell uv pip which Python to install into',
  why: '`uv pip install` wants a virtual environment, and an image has none unless one is made: «No virtual environment found; run `uv venv` to create an environment, or pass `--system`». In a container the system’s Python is meant mostly: `--system`, or `ENV UV_SYSTEM_PYTHON=1` for all that follow.',
  looksAt: ['RUN uv', ...beside('RUN', 'COPY', 'ADD', 'ENV', 'ARG')],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install uv\nCOPY . .\nRUN «uv pip install» .\n',
      good: 'FROM python:3.12-slim\nRUN pip install uv\nCOPY . .\nRUN uv pip install --system .\n',
    },
    {
      title: 'copied from its own image',
      bad: 'FROM ubuntu:22.04\nCOPY --from=ghcr.io/astral-sh/uv:0.9.9 /uv /bin/\nRUN apt-get update && apt-get install -y python3\nRUN «uv pip install» --no-cache torch==2.6.0\n',
      good: 'FROM ubuntu:22.04\nCOPY --from=ghcr.io/astral-sh/uv:0.9.9 /uv /bin/\nRUN apt-get update && apt-get install -y python3\nRUN uv pip install --system --no-cache torch==2.6.0\n',
    },
    {
      title: 'an environment, a variable, an option, uv as a module of the Python that is meant',
      good: 'FROM python:3.12-slim AS a\nRUN pip install uv && uv venv\nRUN uv pip install torch\nFROM python:3.12-slim AS b\nENV UV_SYSTEM_PYTHON=1\nRUN pip install uv && uv pip install torch\nFROM python:3.12-slim AS c\nRUN pip install uv && uv pip install --target /deps torch\nFROM python:3.12-slim AS d\nRUN pip install uv && python -m uv pip install torch\nFROM python:3.12-slim AS e\nRUN pip install uv && UV_SYSTEM_PYTHON=true uv pip install torch\nFROM python:3.12-slim AS f\nRUN python -m venv /opt/env\nENV PATH=/opt/env/bin:$PATH\nRUN pip install uv && uv pip install torch\n',
    },
    {
      title: 'the project says so',
      files: { 'pyproject.toml': '[project]\nname = "a"\n[tool.uv.pip]\nsystem = true\n' },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install uv && uv pip install -e .\n',
    },
    { title: 'an image with an environment of its own', good: 'FROM ghcr.io/example/trainer:1\nRUN uv pip install torch\n' },
    { title: 'another image is meant', good: 'ARG BASE_IMAGE=python:3.12\nFROM ${BASE_IMAGE}\nRUN uv pip install torch\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const installs = stage.instructions
        .flatMap((instruction) => pipInstalls(file, instruction))
        .filter(({ tool, command, options }) => tool === 'uv' && isUv(command.words) && !options.some(({ name }) => chosen.test(name)));
      const [first] = installs;
      if (!first) continue;
      const root = rootImage(file, stage, world.options.buildArgs) ?? '';
      const text = stageText(stage);
      // Where nothing brings uv, another image is meant than the one that stands there.
      if (!plain.test(root) || !brought.test(text) || made.test(text) || allInstructions(stage).some(mayBringOne)) continue;
      const folders = ['', buildContext(file, world)];
      if (folders.some((folder) => ['pyproject.toml', 'uv.toml'].some((name) => system.test(world.files.read(join(folder, name)) ?? ''))))
        continue;
      const distro = distroOf(imageReference(root));
      const managed = !/python:/.test(root) && (distro === undefined || externallyManaged(distro));
      const words = first.command.words.filter(({ value }) => isUv([{ value }]));
      yield {
        span: { start: words[0]?.span.start ?? first.span.start, end: first.verb.span.end },
        message: `uv finds no virtual environment here and stops: «No virtual environment found». Add --system, or set UV_SYSTEM_PYTHON=1${installs.length > 1 ? `; ${installs.length - 1} more of this stage ${installs.length === 2 ? 'is' : 'are'} like it` : ''}.`,
        fixes: managed
          ? []
          : [
              {
                title: 'Add --system',
                safe: true,
                edits: installs.map(({ verb: { span } }) => ({ span: { start: span.end, end: span.end }, text: ' --system' })),
              },
            ],
      };
    }
  },
});

/** `python -m uv` installs into that Python. */
const isUv = (words: readonly { readonly value: string }[]): boolean =>
  words.some(({ value }) => baseName(value) === 'uv') &&
  !words.some(({ value }) => value === '-m' || value === 'run' || value.endsWith('x'));

const chosen = /^(?:--system|--python|-p|--target|-t|--prefix|--dry-run|--config-file|--project|--directory)$/;

/** Images whose Python is that of the system, in no environment. */
const plain = /^(?:(?:docker\.io\/)?(?:library\/)?(?:python|debian|ubuntu)|(?:docker\.io\/)?nvidia\/cuda):/;

/** What makes an environment, takes one, or says which Python is meant. */
const made =
  /venv|virtualenv|conda|mamba|pyenv|activate|VIRTUAL_ENV|UV_(?!CACHE|LINK|HTTP|COMPILE|NO_|INDEX|DEFAULT|EXTRA|CONCURRENT|VERSION|BREAK)|uv (?:sync|init|run|add|lock)|uv\.toml/i;

/** A PATH of programs elsewhere, and folders of another stage. */
const mayBringOne = ({ keyword, pairs = [], flags, args }: Instruction): boolean =>
  keyword === 'ENV'
    ? pairs.some(
        ({ name, value }) =>
          name.value === 'PATH' &&
          !/^(?:(?:\/root|\$\{?HOME\}?|~)\/\.(?:local|cargo)\/bin\/?|\/usr\/local\/(?:cuda|nvidia)[^:]*|\$\{?PATH\}?|:)+$/.test(
            value?.value ?? '',
          ),
      )
    : keyword === 'COPY' &&
      flags.some(({ name }) => name === 'from') &&
      args.some(({ value }) => /env|^\/(?:opt|app|root|home|usr\/local)?\/?$/.test(value));

/** How uv comes into an image. */
const brought = /\b(?:pip3?|pipx) install\b[^&|;]*\buv\b|astral|uv-installer|\/uv\b/;

const system = /^\s*(?:pip\.)?system\s*=\s*true/m;
