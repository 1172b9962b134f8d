import { managerCalls } from '../../dockerfile/packages/system.ts';
import { lineageOf, type Section } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { textOf } from '../shared/stageText.ts';
import { systemManagers } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'apt-recommends',
  severity: 'hint',
  enabled: false,
  quiet: 'Recommended packages do no harm but their size, and some programs need theirs.',
  title: 'Install what is needed, not what is recommended',
  why: 'apt also installs what the packages recommend: for `ffmpeg` or `build-essential` that is some hundred megabytes that a container does not use. `--no-install-recommends` leaves it out.',
  also: ['hadolint:DL3015', 'trivy:DS029'],
  looksAt: [...systemManagers, '* Install-Recommends'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && «apt-get install» -y ffmpeg\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y ffmpeg\n',
    },
    { title: 'as an apt option', good: 'FROM debian:12\nRUN apt-get -o APT::Install-Recommends=false install -y ffmpeg\n' },
    {
      title: 'or for all calls',
      good: 'FROM debian:12\nRUN echo \'APT::Install-Recommends "false";\' > /etc/apt/apt.conf.d/99lean && apt-get install -y ffmpeg\n',
    },
  ],
  *check(file) {
    for (const { manager, action, verb, options, run } of managerCalls(file)) {
      if (!/^apt(?:-get)?$/.test(manager) || action !== 'install' || !verb || configured(run.section)) continue;
      if (
        options.some(({ name, value = '' }) => name === '--no-install-recommends' || /Install-Recommends=(?:"?)(?:false|0|no)/i.test(value))
      )
        continue;
      yield {
        span: { start: run.head.span.start, end: verb.span.end },
        message: `${manager} installs what the packages recommend as well: add --no-install-recommends, and name what you do need.`,
        fixes: run.instruction.json
          ? []
          : [
              {
                title: 'Add --no-install-recommends',
                safe: false,
                edits: [{ span: { start: verb.span.end, end: verb.span.end }, text: ' --no-install-recommends' }],
              },
            ],
      };
    }
  },
});

/** Whether a stage, or one below it, tells apt once and for all. */
const configured = (section: Section): boolean =>
  lineageOf(section).some(({ instructions }) =>
    instructions.some((instruction) => /APT::Install-Recommends\s+"?(?:false|0|no)/i.test(textOf(instruction))),
  );
