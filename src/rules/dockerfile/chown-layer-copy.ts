import type { Instruction } from '../../dockerfile/model.ts';
import { shippedSections } from '../../dockerfile/sections.ts';
import { callsInSection } from '../../dockerfile/shell/commands.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';
import { bytesAt, sizeText } from '../shared/contextTree.ts';
import { within } from '../shared/published.ts';
import { beside } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'chown-layer-copy',
  severity: 'info',
  quiet:
    'The second copy of a folder of code is a few kilobytes; only weights and virtual environments weigh, and then the message says how much.',
  title: 'Give files their owner while they are copied',
  why: 'A layer holds whole files: `chown -R` after COPY writes every file into the image a second time, weights and virtual environments with their gigabytes. `COPY --chown=user` costs nothing.',
  reach: 'shipped',
  looksAt: ['RUN chown', ...beside('RUN', 'COPY', 'ADD', 'WORKDIR')],
  examples: [
    {
      files: { 'model/model.safetensors': '[4800000000 bytes]' },
      bad: 'FROM python:3.12-slim\nRUN useradd -m app\nCOPY model/ /app/model/\nRUN «chown -R app:app /app»\n',
      good: 'FROM python:3.12-slim\nRUN useradd -m app\nCOPY --chown=app:app model/ /app/model/\nRUN chown app:app /app\n',
    },
    {
      title: 'a virtual environment of a build stage',
      bad: 'FROM python:3.12 AS build\nRUN python -m venv /opt/venv\nFROM python:3.12-slim\nCOPY --from=build /opt/venv /opt/venv\nRUN useradd app && «chown -R app /opt»\n',
    },
    {
      title: 'folders that were made, not copied',
      good: 'FROM python:3.12-slim\nCOPY app /app\nRUN mkdir /data && chown -R app /data && chown app /app\n',
    },
    {
      title: 'in the layer that made it, or in a build stage',
      good: 'FROM python:3.12-slim AS a\nCOPY x /x\nRUN chown -R 1 /x\nFROM python:3.12-slim\nRUN mkdir /x && chown -R 1 /x\n',
    },
  ],
  *check(file, { files }) {
    if (!file.source.text.includes('chown')) return;
    const folder = folderOf(file.source.path);
    for (const section of shippedSections(file)) {
      const calls = callsInSection(file, section, 'chown');
      if (!calls.length) continue;
      const copies: { readonly instruction: Instruction; readonly target: string }[] = [];
      let at = '/';
      for (const instruction of section.stage?.instructions ?? []) {
        const { keyword, args } = instruction;
        if (keyword === 'WORKDIR') at = join(at, args[0]?.value ?? '');
        const target = args.at(-1)?.value ?? '';
        if ((keyword === 'COPY' || keyword === 'ADD') && !/[$]/.test(target)) copies.push({ instruction, target: join(at, target) });
        if (keyword !== 'RUN') continue;
        for (const { args: words, command, instruction: own } of calls) {
          if (own !== instruction) continue;
          const recursive = words.find(({ value }) => /^-[a-zA-Z]*R|^--recursive$/.test(value));
          const [owner, ...paths] = words.filter(({ value }) => !value.startsWith('-'));
          if (!recursive || !owner) continue;
          const again = copies.filter(({ target: copied }) =>
            paths.some(({ value }) => !/[$*]/.test(value) && join(at, value) !== '/' && within(copied, join(at, value))),
          );
          if (!again.length) continue;
          const bytes = again.reduce((sum, { instruction: copy }) => sum + sizeOf(copy), 0);
          const known = again.every(({ instruction: { flags } }) => !flags.some(({ name }) => name === 'chown'));
          const there = /^\d+(?::\d+)?$/.test(owner.value) || madeBefore(owner.value.split(':')[0] ?? '', again[0]?.instruction);
          const editable = known && there && !instruction.json && recursive.value === '-R' && !owner.dynamic;
          const rootAlready = known && /^(?:root|0)(?::(?:root|0))?$/.test(owner.value);
          yield {
            span: command.span,
            message: `${bytes > 1e6 ? `This writes ${sizeText(bytes)}` : 'What was copied is written'} into the image a second time. ${rootAlready ? 'COPY gives files to root already: leave this out.' : `Use COPY --chown=${owner.value}.`}`,
            fixes:
              editable && !rootAlready
                ? [
                    {
                      title: `Copy with --chown=${owner.value}`,
                      safe: false,
                      edits: [
                        ...again.map(({ instruction: { keywordSpan } }) => ({
                          span: { start: keywordSpan.end, end: keywordSpan.end },
                          text: ` --chown=${owner.value}`,
                        })),
                        { span: { start: recursive.span.start, end: owner.span.start }, text: '' },
                      ],
                    },
                  ]
                : [],
          };
        }
      }
    }

    function madeBefore(user: string, copy: Instruction | undefined): boolean {
      return file.instructions.some(
        (each) =>
          copy !== undefined &&
          each.keyword === 'RUN' &&
          each.span.start < copy.span.start &&
          each.stage === copy.stage &&
          commandsOf(file, each).some(({ name, words }) => /^(?:useradd|adduser)$/.test(name) && words.some(({ value }) => value === user)),
      );
    }

    function sizeOf({ args, flags }: Instruction): number {
      if (flags.some(({ name }) => name === 'from')) return 0;
      return args
        .slice(0, -1)
        .reduce((sum, { value }) => (/[$*?]|:\/\//.test(value) ? sum : sum + bytesAt(folder, join('', value), files, 3)), 0);
    }
  },
});
