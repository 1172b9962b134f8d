import { dockerfileRule } from '../../lint/rule.ts';
import { ignored } from '../shared/dockerignore.ts';
import { foundAbove } from '../shared/missing.ts';
import { folderOf, join } from '../shared/paths.ts';

export default dockerfileRule({
  id: 'dockerignore-excludes-needed',
  severity: 'error',
  title: 'Let .dockerignore pass what COPY needs',
  why: 'What `.dockerignore` excludes is not part of the build context: COPY answers «not found» although the file is there.',
  also: ['buildkit:CopyIgnoredFile'],
  looksAt: ['COPY', 'ADD'],
  examples: [
    { files: { '.dockerignore': '*.txt\nmodels\n' }, bad: 'FROM scratch\nCOPY «requirements.txt» .\nCOPY «models/bert» /models/\n' },
    {
      title: 'an exception lets it pass',
      files: { '.dockerignore': '*\n!requirements.txt\n!src\n' },
      good: 'FROM scratch\nCOPY requirements.txt .\nCOPY src/ /src/\nCOPY --from=x models /m\nCOPY . .\n',
    },
    {
      title: 'a folder goes along when something in it does',
      files: { '.dockerignore': '*\n!images/*\n', 'images/a.png': '' },
      good: 'FROM scratch\nCOPY images /images\n',
    },
  ],
  *check(file, { files }) {
    const folder = folderOf(file.source.path);
    /** Whether an exception lets something below a folder pass, two folders deep. */
    const passes = (path: string, skip: (path: string) => boolean, depth: number): boolean =>
      files.list(join(folder, path))?.some((name) => {
        const below = join(path, name);
        return !skip(below) || (depth > 0 && name.endsWith('/') && passes(below, skip, depth - 1));
      }) ?? false;
    let excludes: ((path: string) => boolean) | undefined;
    for (const { keyword, args, flags, heredocs } of file.instructions) {
      if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) continue;
      excludes ??= ignored(file.source.path, files);
      for (const { value, span } of args.slice(0, -1)) {
        if (/[*?[$]|^<<|:\/\/|^git@/.test(value) || heredocs.some(({ opener }) => opener.start === span.start)) continue;
        // A path from a folder above is none of this context, nor of its .dockerignore.
        const elsewhere = !files.exists(join(folder, value)) && foundAbove(folder, value.replace(/^\.\//, ''), files);
        if (excludes(value) && !elsewhere && !passes(join('', value.replace(/^\/+/, '')), excludes, 2))
          yield {
            span,
            message: `.dockerignore excludes «${value}», so ${keyword} does not find it. Add «!${value.replace(/^\.?\//, '')}» there.`,
          };
      }
    }
  },
});
