import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'copy-multi-no-slash',
  severity: 'hint',
  quiet: 'BuildKit takes the last word for a folder anyway; only older builders stop.',
  title: 'End the folder that takes several files with a slash',
  why: 'Several files can only go into a folder. With `/` at the end everybody sees that, and builders older than BuildKit take it too.',
  also: ['hadolint:DL3021', 'trivy:DS011'],
  looksAt: ['COPY'],
  examples: [
    { bad: 'FROM python:3.12-slim\nCOPY a.py b.py «/app»\n', good: 'FROM python:3.12-slim\nCOPY a.py b.py /app/\n' },
    { bad: 'FROM python:3.12-slim\nCOPY a.py b.py «"app"»\n', good: 'FROM python:3.12-slim\nCOPY a.py b.py "app/"\n' },
    { good: 'FROM python:3.12-slim\nCOPY a.py /app\nCOPY a.py b.py ./\nCOPY a b $TARGET\nCOPY ["a", "b", "c/"]\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const { keyword, args, json } = outer.trigger ?? outer;
      const target = args.at(-1);
      if (keyword !== 'COPY' || args.length < 3 || !target || /[/\\]$|\$\{?\w+\}?$/.test(target.value)) continue;
      // `COPY multi:… in path` is what old tools print, no instruction.
      if (args.some(({ value }) => value.startsWith('multi:') || value.startsWith('#'))) continue;
      const quoted = /["']$/.test(target.text) && !json;
      const end = json || quoted ? target.span.end - 1 : target.span.end;
      yield {
        span: target.span,
        message: `Several files go to «${target.value}», so it is a folder: write ${target.value}/.`,
        fixes: [{ title: 'Add the slash', safe: true, edits: [{ span: { start: end, end }, text: '/' }] }],
      };
    }
  },
});
