import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { installs, managerCallsIn, type PlacedCall } from '../../dockerfile/packages/system.ts';
import { leftSections } from '../../dockerfile/sections.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { mounted } from '../shared/cacheMount.ts';

export default dockerfileRule({
  id: 'apt-lists-kept',
  severity: 'info',
  title: 'Remove apt’s lists in the layer that fetched them',
  why: '`apt-get update` fetches the lists of all packages, 20 to 50 MB. They stay in the layer unless the same RUN removes them; a later RUN only hides them. A cache mount on `/var/lib/apt` and `/var/cache/apt` keeps them out too.',
  also: ['hadolint:DL3009'],
  reach: 'file',
  looksAt: ['RUN apt', 'RUN docker-clean'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «apt-get update» && apt-get install -y --no-install-recommends curl\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      title: 'over several lines',
      bad: 'FROM debian:12\nRUN «apt-get update» \\\n    && apt-get install -y curl\nUSER 1000\n',
      good: 'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y curl \\\n    && rm -rf /var/lib/apt/lists/*\nUSER 1000\n',
    },
    {
      title: 'a RUN below needs them: removed here, it would find no package',
      bad: 'FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-get install -y git\n',
    },
    {
      title: 'a cache mount',
      good: 'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl\n',
    },
    {
      title: 'ONBUILD is for whoever builds on the stage',
      bad: 'FROM debian:12 AS base\nONBUILD RUN «apt-get update»\nFROM scratch\n',
      good: 'FROM debian:12 AS base\nONBUILD RUN apt-get update && rm -rf /var/lib/apt/lists/*\nFROM scratch\n',
    },
    {
      title: 'a build stage is not shipped',
      good: 'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:12\nCOPY --from=build /app /app\n',
    },
  ],
  *check(file) {
    const seen = new Set<Instruction>();
    const calls = leftSections(file)
      .flatMap((each) => managerCallsIn(file, each))
      .filter(({ manager }) => /^apt/.test(manager));
    for (const call of calls) {
      const { action, verb, run } = call;
      const { instruction, section } = run;
      if (action !== 'update' || !verb || seen.has(instruction)) continue;
      seen.add(instruction);
      // Debian's images clean the archives by themselves, unless that has been switched off.
      const keepsArchives = section.instructions.some(
        ({ span, body }) => span.start <= instruction.span.start && /\brm\b.*docker-clean/.test(body.text),
      );
      const lists = cleans(file, instruction, /^\/var\/lib\/apt\b/) || mounted(instruction, '/var/lib/apt/lists', '/var/lib/apt');
      const archives =
        !keepsArchives ||
        cleans(file, instruction, /^\/var\/cache\/apt\b/) ||
        cleansArchives(file, instruction) ||
        mounted(instruction, '/var/cache/apt');
      if (lists && archives) continue;
      const commands = commandsOf(file, instruction).filter(({ depth, substituted }) => !depth && !substituted);
      const last = commands.at(-1);
      const previous = commands.at(-2);
      const chained =
        last && previous && commands.every(({ joint }) => joint === 'first' || joint === '&&') && !instruction.heredocs.length;
      // The way the last two commands are joined is how the writer breaks lines.
      const written = chained ? file.source.text.slice(previous.span.end, last.span.start) : '';
      const joint = /^[\s\\&]+$/.test(written) ? written : ' && ';
      const needed = !lists && neededBelow(calls, call);
      yield {
        span: { start: run.head.span.start, end: verb.span.end },
        message: lists
          ? 'What apt downloads stays in this layer, as docker-clean is switched off: give the RUN a cache mount on /var/cache/apt as well.'
          : needed
            ? 'The package lists stay in this layer, and RUNs below install from them: install all in one RUN that ends with rm -rf /var/lib/apt/lists/*.'
            : 'The package lists stay in this layer: end the RUN with rm -rf /var/lib/apt/lists/*.',
        fixes:
          chained && !lists && !needed
            ? [
                {
                  title: 'Remove the lists at the end of the RUN',
                  safe: true,
                  edits: [{ span: { start: last.span.end, end: last.span.end }, text: `${joint}rm -rf /var/lib/apt/lists/*` }],
                },
              ]
            : [],
      };
    }
  },
});

/** Whether a RUN below installs from the lists that a call fetches, before they are fetched again. */
function neededBelow(calls: readonly PlacedCall[], call: PlacedCall): boolean {
  const next = calls
    .slice(calls.indexOf(call) + 1)
    .find((each) => each.run.instruction !== call.run.instruction && (each.action === 'update' || installs(each)));
  return next !== undefined && installs(next);
}

const cleans = (file: Dockerfile, instruction: Instruction, path: RegExp): boolean =>
  commandsOf(file, instruction).some(
    ({ name, words }) =>
      (name === 'rm' || name === 'find') && words.some(({ value }) => path.test(value) || /^\/var\/lib\/(?:\{[^}]*apt|\*)/.test(value)),
  ) ||
  commandsOf(file, instruction).some(
    ({ name, words }) =>
      (name === 'rm' && words.some(({ value }) => /apt(?:$|\/lists)/.test(value))) ||
      (name === 'apt-get' && words.some(({ value }) => value === 'dist-clean' || value === 'distclean')),
  );

const cleansArchives = (file: Dockerfile, instruction: Instruction): boolean =>
  commandsOf(file, instruction).some(
    ({ name, words }) => /^apt/.test(name) && words.some(({ value }) => value === 'clean' || value === 'autoclean'),
  );
