import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'from-platform-pinned',
  severity: 'info',
  title: 'Let the build choose the platform',
  why: '`FROM --platform=linux/amd64` builds for that platform on every machine, also where the image is to run on arm64: slow, under emulation, and without GPU. Give `--platform` to the build, or name the stage after the platform when it is meant.',
  also: ['buildkit:FromPlatformFlagConstDisallowed', 'hadolint:DL3029'],
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM «--platform=linux/amd64» alpine:3.22 AS build\n', good: 'FROM alpine:3.22 AS build\n' },
    {
      title: 'variables, and stages that say it',
      good: 'FROM --platform=$BUILDPLATFORM alpine:3.22 AS build\nFROM --platform=linux/arm64 alpine:3.22 AS build-arm64\n',
    },
  ],
  *check({ source, stages }) {
    for (const { from, name, image } of stages) {
      const flag = from.flags.find((each) => each.name === 'platform');
      const [os = '', architecture = ''] = (flag?.value?.value ?? '').split('/');
      if (!flag || !os || flag.value?.value.includes('$')) continue;
      const stage = name?.value ?? '';
      if ((stage && stage.includes(os)) || (architecture && stage.includes(architecture))) continue;
      yield {
        span: flag.span,
        message: `This stage is built for ${flag.value?.value ?? ''} on every machine. Leave --platform to the build, or use $BUILDPLATFORM.`,
        fixes:
          image && !source.text.slice(flag.span.start, image.span.start).includes('\n')
            ? [
                {
                  title: 'Leave the platform to the build',
                  safe: false,
                  edits: [{ span: { start: flag.span.start, end: image.span.start }, text: '' }],
                },
              ]
            : [],
      };
    }
  },
});
