import { mountsOf } from '../../dockerfile/mounts.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { pipInstalls, type PipInstall } from '../../dockerfile/packages/pip.ts';
import { lineageOf, shippedSections, type Section } from '../../dockerfile/sections.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'pip-cache-kept',
  severity: 'warning',
  title: 'Keep pip’s download cache out of the image',
  why: 'pip keeps every wheel it downloads in `~/.cache/pip`. In a RUN that cache becomes part of the layer: with torch that is another 2 to 4 GB that nothing ever reads. `--no-cache-dir` leaves it out; a cache mount (`--mount=type=cache,target=/root/.cache/pip`) keeps it for the next build instead.',
  also: ['hadolint:DL3042'],
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
      bad: 'FROM python:3.12-slim\nRUN «uv pip install» --system vllm\n',
      good: 'FROM python:3.12-slim\nRUN uv pip install --no-cache --system vllm\n',
    },
    {
      title: 'a cache mount keeps it out',
      good: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install torch\n',
    },
    { title: 'so does the variable', good: 'FROM python:3.12-slim\nENV PIP_NO_CACHE_DIR=1\nRUN pip install torch\n' },
    { title: 'or cleaning up in the same RUN', good: 'FROM python:3.12-slim\nRUN pip install torch && rm -rf /root/.cache\n' },
    {
      title: 'a builder’s cache is not shipped',
      good: 'FROM python:3.12-slim AS build\nRUN pip install --target /deps torch\nFROM python:3.12-slim\nCOPY --from=build /deps /deps\n',
    },
  ],
  *check(file) {
    for (const section of shippedSections(file))
      for (const instruction of section.instructions) {
        const installs = pipInstalls(file, instruction).filter((install) => !mentionsCache(install));
        if (!installs.length || cached(instruction) || cleaned(file, instruction) || switchedOff(lineageOf(file, section), instruction))
          continue;
        for (const { tool, command, verb } of installs) {
          const option = tool === 'uv' ? '--no-cache' : '--no-cache-dir';
          const first = command.words.findLast(
            ({ span, value }) => span.start < verb.span.start && /(?:^|\/)(?:pip[\d.]*|uv)$/.test(value),
          );
          const head = tool === 'uv' ? command.words.find(({ value }) => /(?:^|\/)uv$/.test(value)) : first;
          yield {
            span: { start: (head ?? verb).span.start, end: verb.span.end },
            message: `${tool} leaves its download cache in the image: add ${option}, or give the RUN a cache mount.`,
            fixes: [
              { title: `Add ${option}`, safe: true, edits: [{ span: { start: verb.span.end, end: verb.span.end }, text: ` ${option}` }] },
            ],
          };
        }
      }
  },
});

const mentionsCache = ({ options, command }: PipInstall): boolean =>
  options.some(({ name }) => /^(?:--no-cache-dir|--no-cache|-n|--cache-dir|--dry-run)$/.test(name)) ||
  command.assignments.some(
    ({ value }) => /^(?:PIP_NO_CACHE_DIR|UV_NO_CACHE)=(?!0$|off$|no$|false$)./i.test(value) || /^(?:PIP|UV)_CACHE_DIR=./.test(value),
  );

const cached = (instruction: Instruction): boolean =>
  mountsOf(instruction).some(({ type, target = '' }) => (type === 'cache' || type === 'tmpfs') && /cache|\$|\/root\/?$|\/tmp/.test(target));

const cleaned = (file: Dockerfile, instruction: Instruction): boolean =>
  commandsOf(file, instruction).some(({ name, words, assignments }) => {
    const text = words.map(({ value }) => value).join(' ');
    if (name === 'export' || !name)
      return [...words, ...assignments].some(({ value }) => /^(?:PIP_NO_CACHE_DIR|UV_NO_CACHE)=(?!0$|off$|no$|false$)./i.test(value));
    return (name === 'rm' && /cache/.test(text)) || /\bcache (?:purge|clean|prune)\b/.test(text) || /config set \S*no-cache-dir/.test(text);
  });

/** Whether ENV or ARG says before the instruction that there is to be no cache. */
const switchedOff = (sections: readonly Section[], { span }: Instruction): boolean => {
  const values = new Map<string, string>();
  for (const { instructions } of sections)
    for (const { keyword, pairs = [], span: at } of instructions)
      if ((keyword === 'ENV' || keyword === 'ARG') && at.start < span.start)
        for (const { name, value } of pairs) values.set(name.value, value?.value ?? '');
  return ['PIP_NO_CACHE_DIR', 'UV_NO_CACHE'].some((name) => on(values.get(name)));
};

const on = (value: string | undefined): boolean => value !== undefined && !/^(?:|0|off|no|false)$/i.test(value);
