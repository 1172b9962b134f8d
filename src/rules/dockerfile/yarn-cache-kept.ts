import { callsIn, runsIn } from '../../dockerfile/shell/commands.ts';
import { leftSections } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { mounted } from '../shared/cacheMount.ts';

export default dockerfileRule({
  id: 'yarn-cache-kept',
  severity: 'info',
  title: 'Keep yarn’s cache out of the image',
  why: '`yarn install` keeps every package it downloads a second time in its cache. Clean it in the same RUN, or give the RUN a cache mount.',
  also: ['hadolint:DL3060'],
  reach: 'file',
  looksAt: ['RUN yarn'],
  examples: [
    {
      bad: 'FROM node:22\nRUN «yarn install» --frozen-lockfile\n',
      good: 'FROM node:22\nRUN yarn install --frozen-lockfile && yarn cache clean\n',
    },
    { title: 'a cache mount', good: 'FROM node:22\nRUN --mount=type=cache,target=/root/.cache/yarn yarn install\n' },
    {
      title: 'a builder is not shipped',
      good: 'FROM node:22 AS build\nRUN yarn install\nFROM nginx:1.27\nCOPY --from=build /app/dist /srv\n',
    },
  ],
  *check(file) {
    const runs = leftSections(file).flatMap((section) => [...runsIn(file, section)]);
    const calls = runs.filter(({ program }) => program === 'yarn');
    for (const { instruction, head, args, command } of calls) {
      const [verb] = args;
      if (verb?.value !== 'install') continue;
      if (mounted(instruction, '/root/.cache/yarn', '/usr/local/share/.cache/yarn', '/home/node/.cache/yarn')) continue;
      const cleaned = callsIn(calls, instruction).some(
        ({ args: [first, second], command: { span } }) =>
          first?.value === 'cache' && second?.value === 'clean' && span.start > command.span.start,
      );
      const removed = callsIn(runs, instruction).some((rm) => rm.program === 'rm' && rm.args.some(({ value }) => value.includes('.cache')));
      if (cleaned || removed) continue;
      const chained =
        (command.joint === 'first' || command.joint === '&&') && !command.depth && !instruction.json && !instruction.heredocs.length;
      yield {
        span: { start: head.span.start, end: verb.span.end },
        message: 'yarn leaves its download cache in the layer: end the RUN with yarn cache clean, or give it a cache mount.',
        fixes: chained
          ? [
              {
                title: 'Add yarn cache clean',
                safe: true,
                edits: [{ span: { start: command.span.end, end: command.span.end }, text: ' && yarn cache clean' }],
              },
            ]
          : [],
      };
    }
  },
});
