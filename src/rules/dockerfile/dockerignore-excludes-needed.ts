import { dockerfileRule } from '../../lint/rule.ts';
import { ignored } from '../shared/dockerignore.ts';

export default dockerfileRule({
  id: 'dockerignore-excludes-needed',
  severity: 'error',
  title: 'Let .dockerignore pass what COPY needs',
  why: 'What `.dockerignore` excludes is not part of the build context: COPY answers «not found» although the file is there.',
  also: ['buildkit:CopyIgnoredFile'],
  examples: [
    { files: { '.dockerignore': '*.txt\nmodels\n' }, bad: 'FROM scratch\nCOPY «requirements.txt» .\nCOPY «models/bert» /models/\n' },
    {
      title: 'an exception lets it pass',
      files: { '.dockerignore': '*\n!requirements.txt\n!src\n' },
      good: 'FROM scratch\nCOPY requirements.txt .\nCOPY src/ /src/\nCOPY --from=x models /m\nCOPY . .\n',
    },
  ],
  *check(file, { files }) {
    let excludes: ((path: string) => boolean) | undefined;
    for (const { keyword, args, flags, heredocs } of file.instructions) {
      if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) continue;
      excludes ??= ignored(file.source.path, files);
      for (const { value, span } of args.slice(0, -1)) {
        if (/[*?[$]|^<<|:\/\/|^git@/.test(value) || heredocs.some(({ opener }) => opener.start === span.start)) continue;
        if (excludes(value))
          yield {
            span,
            message: `.dockerignore excludes «${value}», so ${keyword} does not find it. Add «!${value.replace(/^\.?\//, '')}» there.`,
          };
      }
    }
  },
});
