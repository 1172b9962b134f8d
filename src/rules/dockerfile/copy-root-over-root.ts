import { lineage, stageAround } from '../../dockerfile/scope.ts';
import { copiedStage } from '../../dockerfile/sources.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'copy-root-over-root',
  severity: 'info',
  title: 'Copy what is needed from a stage, not all of it',
  why: '`COPY --from=build / /` takes the whole builder along: compilers, caches, `/tmp`, `/root`, and it overwrites the package database and libraries of the base image with those of another one.',
  also: ['hadolint:DL3067'],
  reach: 'needed',
  looksAt: ['COPY from', 'lines'],
  examples: [
    { bad: 'FROM debian:12 AS build\nRUN make\nFROM debian:12\n«COPY --from=build / /»\n' },
    { title: 'an image that is made for it', good: 'FROM tonistiigi/xx:1.5 AS xx\nFROM golang:1.23\nCOPY --from=xx / /\n' },
    { title: 'onto nothing, to flatten an image', good: 'FROM debian:12 AS build\nFROM scratch\nCOPY --from=build / /\n' },
    { good: 'FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build /opt/venv /opt/venv\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const instruction = outer.trigger ?? outer;
      const { keyword, flags, args, span } = instruction;
      const host = stageAround(file, outer);
      if (keyword !== 'COPY' || host?.image?.value === 'scratch' || args.length !== 2 || !args.every(({ value }) => value === '/'))
        continue;
      const from = flags.find(({ name }) => name === 'from')?.value?.value;
      const source = copiedStage(file, instruction);
      // Images are made to be copied whole at times, as are stages that begin with nothing or only name such an image.
      const whole = host && (!source?.instructions.length || lineage(source).at(-1)?.image?.value === 'scratch');
      if (from !== undefined && !whole)
        yield {
          span,
          message: `This takes all of «${from}» along, its tools and caches too, and overwrites the base image. Name the folders that are needed.`,
        };
    }
  },
});
