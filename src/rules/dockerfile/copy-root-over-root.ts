import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'copy-root-over-root',
  severity: 'info',
  title: 'Copy what is needed from a stage, not all of it',
  why: '`COPY --from=build / /` takes the whole builder along: compilers, caches, `/tmp`, `/root`, and it overwrites the package database and libraries of the base image with those of another one.',
  also: ['hadolint:DL3067'],
  examples: [
    { bad: 'FROM debian:12 AS build\nFROM debian:12\n«COPY --from=build / /»\n' },
    { title: 'onto nothing, to flatten an image', good: 'FROM debian:12 AS build\nFROM scratch\nCOPY --from=build / /\n' },
    { good: 'FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build /opt/venv /opt/venv\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const { keyword, flags, args, span } = outer.trigger ?? outer;
      const image = outer.stage === undefined ? undefined : file.stages[outer.stage]?.image?.value;
      if (keyword !== 'COPY' || image === 'scratch' || args.length !== 2 || !args.every(({ value }) => value === '/')) continue;
      const from = flags.find(({ name }) => name === 'from')?.value?.value;
      if (from !== undefined)
        yield {
          span,
          message: `This takes all of «${from}» along, its tools and caches too, and overwrites the base image. Name the folders that are needed.`,
        };
    }
  },
});
