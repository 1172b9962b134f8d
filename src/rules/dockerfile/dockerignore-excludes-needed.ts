import { mountsOf, type Mount } from '../../dockerfile/mounts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import { buildContext } from '../shared/buildContext.ts';
import { ignored } from '../shared/dockerignore.ts';
import { foundAbove } from '../shared/missing.ts';
import { join } from '../../text/paths.ts';

export default dockerfileRule({
  id: 'dockerignore-excludes-needed',
  severity: 'error',
  title: 'Let .dockerignore pass what COPY needs',
  why: 'What `.dockerignore` excludes is not part of the build context: COPY answers «not found» although the file is there.',
  also: ['buildkit:CopyIgnoredFile'],
  looksAt: ['COPY', 'ADD', 'RUN --mount'],
  examples: [
    {
      title: 'a folder that is built later, and whose files pass',
      files: { '.dockerignore': '*\n!target/app/**\n' },
      good: 'FROM eclipse-temurin:21\nCOPY target/app/ /app/\n',
    },
    {
      title: 'a mount of a file that is left out',
      files: { '.dockerignore': '*.txt\n', 'requirements.txt': '' },
      bad: 'FROM python:3.12-slim\nRUN --mount=type=bind,source=«requirements.txt»,target=/r.txt pip install --no-cache-dir -r /r.txt\n',
    },
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
  *check(file, world) {
    const { files } = world;
    const folder = buildContext(file, world);
    /** Whether an exception lets something below a folder pass, two folders deep. */
    const passes = (path: string, skip: (path: string) => boolean, depth: number): boolean =>
      files.list(join(folder, path))?.some((name) => {
        const below = join(path, name);
        return !skip(below) || (depth > 0 && name.endsWith('/') && passes(below, skip, depth - 1));
      }) ??
      // What is built later is a folder, too: `!target/app/**` lets its files pass.
      (!files.exists(join(folder, path)) && !skip(join(path, 'any')));
    let excludes: ((path: string) => boolean) | undefined;
    for (const { keyword, args, flags, heredocs } of file.instructions) {
      const copies = (keyword === 'COPY' || keyword === 'ADD') && !flags.some(({ name }) => name === 'from');
      const sources: readonly { readonly value: string; readonly span: Span }[] = copies
        ? args.slice(0, -1).filter(({ span }) => !heredocs.some(({ opener }) => opener.start === span.start))
        : keyword === 'RUN'
          ? mountsOf({ flags }).flatMap(boundSources)
          : [];
      if (!sources.length) continue;
      excludes ??= ignored(file.source.path, files, folder);
      for (const { value, span } of sources) {
        if (/[*?[$]|^<<|:\/\/|^git@/.test(value)) continue;
        // A path from a folder above is none of this context, nor of its .dockerignore.
        const elsewhere = !files.exists(join(folder, value)) && foundAbove(folder, value.replace(/^\.\//, ''), files);
        if (excludes(value) && !elsewhere && !passes(join('', value.replace(/^\/+/, '')), excludes, 2))
          yield {
            span,
            ...(copies ? {} : { also: [] }),
            message: `.dockerignore excludes «${value}», so ${copies ? keyword : 'the mount'} does not find it. Add «!${value.replace(/^\.?\//, '')}» there.`,
          };
      }
    }
  },
});

/** What a `--mount=type=bind` takes from the build context. */
const boundSources = ({ type, fields }: Mount): readonly { readonly value: string; readonly span: Span }[] =>
  type !== 'bind' || fields.some(({ name }) => name === 'from')
    ? []
    : fields.flatMap(({ name, value, span }) =>
        (name === 'source' || name === 'src') && value !== '' ? [{ value, span: { start: span.end - value.length, end: span.end } }] : [],
      );
