import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'use-copy',
  severity: 'info',
  title: 'Copy local files with COPY',
  why: 'ADD also downloads URLs, clones repositories and unpacks archives, so it takes a second look to see what it does. For plain files COPY does the same and nothing else.',
  also: ['hadolint:DL3020', 'trivy:DS005', 'checkov:CKV_DOCKER_4'],
  looksAt: ['ADD'],
  examples: [
    { bad: 'FROM debian:12\n«ADD» src /app/src\n', good: 'FROM debian:12\nCOPY src /app/src\n' },
    {
      title: 'ADD does not unpack zip files',
      bad: 'FROM debian:12\n«ADD» model.zip /models/\n',
      good: 'FROM debian:12\nCOPY model.zip /models/\n',
    },
    {
      title: 'a pattern whose ending says that it is no archive',
      bad: 'FROM debian:12\n«ADD» src/*.py /app/\n',
      good: 'FROM debian:12\nCOPY src/*.py /app/\n',
    },
    { title: 'a pattern that an archive may match', good: 'FROM debian:12\nADD rootfs-* /\nADD *.t?z /x/\n' },
    { good: 'FROM debian:12\nADD data.tar.gz /data/\nADD https://example.org/a /a\nADD git@example.org:a/b.git /b\nADD $SOURCE /c\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const { keyword, keywordSpan, args, flags, heredocs } = outer.trigger ?? outer;
      if (keyword !== 'ADD' || args.length < 2) continue;
      const sources = args.slice(0, -1);
      if (
        sources.some(
          ({ value }) =>
            /^[a-z+]+:\/\/|^git@|^[^/]+:.*\.git(?:#|$)|^\$|[*?][^.]*$/.test(value) ||
            /\.(?:tar|t?gz|tgz|tbz2?|bz2|t?xz|txz|lzma|tlz|zst|Z)["']?$/.test(value),
        )
      )
        continue;
      if (flags.some(({ name }) => !/^(?:chown|chmod|link|exclude)$/.test(name))) continue;
      yield {
        span: keywordSpan,
        message: `${heredocs.length ? 'This' : `«${sources[0]?.value ?? ''}»`} is only copied here: COPY says so.`,
        fixes: [
          {
            title: 'Use COPY',
            safe: true,
            edits: [
              { span: keywordSpan, text: /[a-z]/.test(file.source.text.slice(keywordSpan.start, keywordSpan.end)) ? 'copy' : 'COPY' },
            ],
          },
        ],
      };
    }
  },
});
