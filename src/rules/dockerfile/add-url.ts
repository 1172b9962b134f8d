import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'add-url',
  severity: 'info',
  title: 'Give what ADD downloads a checksum',
  why: 'ADD takes whatever the address serves on the day of the build, and every byte stays in a layer, an archive beside what is unpacked from it. With `--checksum=sha256:…` a build that gets something else fails; for archives, download, unpack and remove in one RUN. Weights are better fetched at start, into a volume.',
  also: ['checkov:CKV_DOCKER_4'],
  looksAt: ['ADD'],
  examples: [
    {
      bad: 'FROM debian:12\nADD «https://example.org/model.bin» /models/\n',
      good: 'FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/model.bin /models/\n',
    },
    {
      title: 'repositories, and files of the context',
      good: 'FROM debian:12\nADD https://github.com/example/project.git#v1.2 /src\nADD data.tar.gz /data/\nADD $URL /x\n',
    },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const { keyword, args, flags } = outer.trigger ?? outer;
      if (keyword !== 'ADD' || flags.some(({ name }) => name === 'checksum')) continue;
      for (const word of args.slice(0, -1))
        if (/^(?:https?|ftp):\/\//.test(word.value) && !/\.git(?:[#?]|$)/.test(word.value))
          yield {
            span: word.span,
            message: `Nothing checks what «${word.value}» serves on the day of the build, and all of it stays in the image. Add --checksum=sha256:…, or fetch it in a RUN that checks and cleans up.`,
          };
    }
  },
});
