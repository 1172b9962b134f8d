import type { Pattern } from '../../dockerignore/model.ts';
import { excludedBy, matchedBy } from '../../dockerignore/match.ts';
import { dockerignoreRule, type Files, type Fix, type Problem } from '../../lint/rule.ts';
import { contextTree } from '../shared/contextTree.ts';
import { folderOf } from '../../text/paths.ts';

const most = 5000;

export default dockerignoreRule({
  id: 'dockerignore-pattern-wrong',
  severity: 'info',
  title: 'Write patterns that match what is meant',
  why: 'Patterns of `.dockerignore` count from the top of the context, unlike those of `.gitignore`: `__pycache__` leaves out the folder at the top and none below; `**/__pycache__` leaves out all. A comment needs a line of its own, quotes are part of the name, and `**` stands for folders.',
  examples: [
    {
      title: 'at the top only',
      files: { 'src/app/__pycache__/a.pyc': 'x', 'src/app/a.py': 'x' },
      bad: '.git\n«__pycache__»\n«*.pyc»\n',
      good: '.git\n**/__pycache__\n**/*.pyc\n',
    },
    { title: 'a comment behind a pattern', bad: '«data # the training set»\n', good: 'data\n' },
    { title: 'quotes', bad: '«"data/"»\n', good: 'data/\n' },
    { title: 'stars against a name', bad: '«**pycache**»\n', good: '**/*pycache*\n' },
    { title: 'outside the context', bad: '«../data»\n' },
    { title: 'an indented comment', bad: '  «# data»\n', good: '  \n' },
    { title: 'nothing deeper is sent', files: { 'data/x.bin': 'x', 'src/a.py': 'x' }, good: 'data\nmlruns\n*.ckpt\n' },
    {
      title: 'other patterns cover what is deeper',
      files: { 'src/__pycache__/a.pyc': 'x', 'src/a.py': 'x' },
      good: '__pycache__\n**/__pycache__\n',
    },
    { title: 'wanted at the top only', files: { 'build/a': 'x', 'src/build/a.py': 'x' }, good: 'build\n' },
  ],
  *check({ patterns, source }, { files }) {
    const top = folderOf(source.path);
    let deeper: readonly string[] | undefined;
    for (const pattern of patterns) {
      if (pattern.fault !== undefined) continue;
      const fault = misread(pattern);
      if (fault) {
        yield fault;
        continue;
      }
      if (pattern.exception || !anywhere(pattern.text)) continue;
      deeper ??= sent(top, patterns, files);
      const matches = matchedBy({ ...pattern, text: `**/${pattern.text}` });
      const missed = deeper.filter((path) => matches(path));
      const [first] = missed;
      if (first === undefined) continue;
      yield {
        span: pattern.span,
        message: `«${pattern.text}» leaves out what is at the top of the context only: «${first}»${missed.length > 1 ? ` and ${missed.length - 1} more` : ''} is still sent. «**/${pattern.text}» leaves out all of them.`,
        fixes: [
          {
            title: `Use **/${pattern.text}`,
            safe: true,
            edits: [{ span: pattern.textSpan, text: `**/${pattern.text.replace(/^\.?\//, '')}` }],
          },
        ],
      };
    }
  },
});

/** What tools leave behind in every folder, and what nobody wants in an image wherever it lies. */
const anywhere = (text: string): boolean =>
  /^(?:\.?\/)?(?:__pycache__|\.ipynb_checkpoints|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.DS_Store|Thumbs\.db|node_modules|\.venv|\.git|\.env|\.terraform|wandb|mlruns|lightning_logs|\*\.(?:py[cod]|py\[cod\]|log|tmp|swp|bak|egg-info|ckpt|pem|key|ipynb))\/?$/.test(
    text,
  );

/** The paths below the top that the patterns do not leave out. */
function sent(top: string, patterns: readonly Pattern[], files: Files): readonly string[] {
  const skip = excludedBy(patterns);
  const { entries } = contextTree(top, files, most, (path) => !skip(path));
  return entries.flatMap(({ path }) => (path.includes('/') && !skip(path) ? [path] : []));
}

/** What a pattern says that was surely not meant. */
function misread({ text, span, textSpan }: Pattern): Problem | undefined {
  const replace = (written: string, title: string): readonly Fix[] => [{ title, safe: false, edits: [{ span: textSpan, text: written }] }];
  if (text.startsWith('#'))
    return {
      span,
      message: 'A comment begins in the first column: this line is a pattern, and matches nothing.',
      fixes: [{ title: 'Remove the line', safe: false, edits: [{ span, text: '' }] }],
    };
  const comment = /^(.*\S)\s+#.*$/.exec(text)?.[1];
  if (comment !== undefined)
    return {
      span,
      message: `A comment needs a line of its own: here it is part of the pattern, which matches nothing. «${comment}» is sent.`,
      fixes: replace(comment, 'Remove the comment'),
    };
  const inner = /^(["'])(.*)\1$/.exec(text)?.[2];
  if (inner !== undefined)
    return { span, message: 'Quotes are part of the name here: the pattern matches nothing.', fixes: replace(inner, `Use ${inner}`) };
  if (/^\.\.(?:\/|$)/.test(text))
    return { span, message: `«${text}» is outside the build context: nothing of it is sent anyway, and the pattern matches nothing.` };
  const stars = /(?:^|\/)\*\*([^/*]+)(?:\*\*)?$/.exec(text)?.[1];
  if (stars !== undefined) {
    const better = text.replace(/\*\*([^/*]+)(?:\*\*)?$/, (whole, name: string) => `**/*${name}${whole.endsWith('**') ? '*' : ''}`);
    return {
      span,
      message: `«**» stands for folders: «${text}» matches names that begin with «${stars}». Names with something before it need «${better}».`,
      fixes: replace(better, `Use ${better}`),
    };
  }
  return undefined;
}
