import { mountsOf } from '../../dockerfile/mounts.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { pipInstalls, type PipInstall } from '../../dockerfile/packages/pip.ts';
import { lineageOf, shippedSections, type Section } from '../../dockerfile/sections.ts';
import { allCommandsOf } from '../../dockerfile/packages/nested.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { aside } from '../shared/aside.ts';
import { elsewhere } from '../shared/elsewhere.ts';
import { heavyPackage } from '../shared/heavyPackages.ts';
import { beside, pythonPackages, setting } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'pip-cache-kept',
  severity: 'warning',
  title: 'Keep pip’s download cache out of the image',
  why: 'pip keeps every wheel it downloads in `~/.cache/pip`. In a RUN that cache becomes part of the layer: with torch that is another 2 to 4 GB that nothing ever reads. `--no-cache-dir` leaves it out; a cache mount (`--mount=type=cache,target=/root/.cache/pip`) keeps it for the next build instead. Reported once for a file; a warning when a framework of hundreds of megabytes is among the packages, a remark otherwise. uv links its cache to what it installs where the file system lets it, so that its cache costs little unless the link mode is `copy`.',
  also: ['hadolint:DL3042'],
  reach: 'file',
  looksAt: [...pythonPackages, ...beside('RUN', ...setting('PIP_NO_CACHE_DIR', 'UV_NO_CACHE', 'UV_LINK_MODE'), 'lines')],
  needs: pythonInstalls(),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN «pip install» torch==2.5.1\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.5.1\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN apt-get update && python3 -m «pip install» \\\n    -r requirements.txt\n',
      good: 'FROM python:3.12-slim\nRUN apt-get update && python3 -m pip install --no-cache-dir \\\n    -r requirements.txt\n',
    },
    {
      title: 'once for a file, at the biggest',
      bad: 'FROM python:3.12-slim\nRUN pip install flask\nRUN «pip install» vllm && pip3 install rich\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir flask\nRUN pip install --no-cache-dir vllm && pip3 install --no-cache-dir rich\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN «uv pip install» --system vllm\n',
      good: 'FROM python:3.12-slim\nRUN uv pip install --no-cache --system vllm\n',
    },
    {
      title: 'a cache mount keeps it out',
      good: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install torch\n',
    },
    {
      title: 'pip takes any value of the variable for yes: a remark only',
      bad: 'FROM python:3.12-slim\nENV PIP_NO_CACHE_DIR=off\nRUN «pip install» torch\n',
    },
    { title: 'so does the variable', good: 'FROM python:3.12-slim\nENV PIP_NO_CACHE_DIR=1\nRUN pip install torch\n' },
    { title: 'or cleaning up in the same RUN', good: 'FROM python:3.12-slim\nRUN pip install torch && rm -rf /root/.cache\n' },
    { title: 'pip itself is small', good: 'FROM python:3.12-slim\nRUN pip install --upgrade pip setuptools wheel\n' },
    {
      title: 'a builder’s cache is not shipped',
      good: 'FROM python:3.12-slim AS build\nRUN pip install --target /deps torch\nFROM python:3.12-slim\nCOPY --from=build /deps /deps\n',
    },
  ],
  *check(file, { files }) {
    const kept = shippedSections(file).flatMap((section) =>
      section.instructions.flatMap((instruction) => {
        const installs = pipInstalls(file, instruction).filter((install) => !mentionsCache(install) && !isBootstrap(install));
        if (!installs.length || cached(instruction) || cleaned(file, instruction)) return [];
        const set = variablesBefore(lineageOf(section), instruction);
        if (['PIP_NO_CACHE_DIR', 'UV_NO_CACHE'].some((name) => on(set.get(name)))) return [];
        const meant = set.get('PIP_NO_CACHE_DIR') || undefined;
        return installs.map((install) => ({
          install,
          ...(install.tool === 'pip' && meant !== undefined ? { meant } : {}),
          heavy: meant === undefined && copies(install, set) ? heavyPackage(file, section.stage, install, files) : undefined,
        }));
      }),
    );
    const worst = kept.find(({ heavy }) => heavy !== undefined) ?? kept[0];
    if (!worst) return;
    const { tool, command, verb } = worst.install;
    const { meant } = worst;
    const head = command.words.findLast(({ span, value }) => span.start < verb.span.start && program[tool].test(value)) ?? verb;
    const others = elsewhere(
      file.source,
      kept.flatMap(({ install }) => (install.instruction === worst.install.instruction ? [] : [install.span])),
    );
    const span = { start: head.span.start, end: verb.span.end };
    if (meant !== undefined) {
      const message = `PIP_NO_CACHE_DIR=${meant} reads as if pip kept its cache${others}, and pip leaves it out whatever the value. Write PIP_NO_CACHE_DIR=1.`;
      yield { span, severity: 'info', message };
      return;
    }
    yield {
      span,
      message: `${tool} leaves its download cache in the image${others}${worst.heavy === undefined ? '' : `, the wheels of ${worst.heavy} with it`}: add ${option[tool]}, or give the RUN a cache mount.`,
      ...(worst.heavy === undefined ? { severity: 'info' as const } : aside(file.source.path)),
      fixes: [
        {
          title: `Add ${option[tool]}${kept.length > 1 ? ` to the ${kept.length} installations` : ''}`,
          safe: true,
          edits: kept.map(({ install }) => ({
            span: { start: install.verb.span.end, end: install.verb.span.end },
            text: ` ${option[install.tool]}`,
          })),
        },
      ],
    };
  },
});

const option = { pip: '--no-cache-dir', uv: '--no-cache' } as const;
const program = { pip: /(?:^|\/)pip[\d.]*$/, uv: /(?:^|\/)uv$/ } as const;

/** Whether it only brings pip itself up to date: two megabytes. */
const isBootstrap = ({ operands, files }: PipInstall): boolean =>
  !files.length &&
  operands.length > 0 &&
  operands.every(({ value }) => /^(?:pip|setuptools|wheel|uv|virtualenv)(?:$|[<>=!~[])/.test(value));

/** Whether what is in the cache is there a second time: uv makes links unless it is told not to. */
const copies = ({ tool, options }: PipInstall, set: ReadonlyMap<string, string>): boolean =>
  tool === 'pip' || (options.find(({ name }) => name === '--link-mode')?.value ?? set.get('UV_LINK_MODE')) === 'copy';

const mentionsCache = ({ options, command }: PipInstall): boolean =>
  options.some(({ name }) => /^(?:--no-cache-dir|--no-cache|-n|--cache-dir|--dry-run)$/.test(name)) ||
  command.assignments.some(
    ({ value }) => /^(?:PIP_NO_CACHE_DIR|UV_NO_CACHE)=(?!0$|off$|no$|false$)./i.test(value) || /^(?:PIP|UV)_CACHE_DIR=./.test(value),
  );

const cached = (instruction: Instruction): boolean =>
  mountsOf(instruction).some(({ type, target = '' }) => (type === 'cache' || type === 'tmpfs') && /cache|\$|\/root\/?$|\/tmp/.test(target));

const cleaned = (file: Dockerfile, instruction: Instruction): boolean =>
  allCommandsOf(file, instruction).some(({ name, words, assignments }) => {
    const text = words.map(({ value }) => value).join(' ');
    if (name === 'export' || !name)
      return [...words, ...assignments].some(({ value }) => /^(?:PIP_NO_CACHE_DIR|UV_NO_CACHE)=(?!0$|off$|no$|false$)./i.test(value));
    return (name === 'rm' && /cache/.test(text)) || /\bcache (?:purge|clean|prune)\b/.test(text) || /config set \S*no-cache-dir/.test(text);
  });

/** What ENV and ARG say before the instruction. */
function variablesBefore(sections: readonly Section[], { span }: Instruction): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { instructions } of sections)
    for (const { keyword, pairs = [], span: at } of instructions)
      if ((keyword === 'ENV' || keyword === 'ARG') && at.start < span.start)
        for (const { name, value } of pairs) values.set(name.value, value?.value ?? '');
  return values;
}

const on = (value: string | undefined): boolean => value !== undefined && !/^(?:|0|off|no|false)$/i.test(value);
