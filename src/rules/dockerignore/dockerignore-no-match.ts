import { matchedBy } from '../../dockerignore/match.ts';
import { dockerignoreRule } from '../../lint/rule.ts';
import { contextTree } from '../shared/contextTree.ts';
import { folderOf } from '../../text/paths.ts';

const most = 5000;

export default dockerignoreRule({
  id: 'dockerignore-no-match',
  severity: 'hint',
  enabled: false,
  title: 'Take out patterns that match nothing',
  why: 'A pattern that matches nothing may be misspelt, or written for a folder that has moved. Many name what other machines have (`.venv`, `.DS_Store`): so this rule starts switched off. It speaks where the whole context could be looked through.',
  examples: [
    { files: { 'src/a.py': 'x', 'data/x': 'x' }, bad: 'data\n«modles»\n«!src/b.py»\n', good: 'data\n' },
    { files: { 'src/__pycache__/x.pyc': 'x' }, good: '**/__pycache__\n*\n' },
  ],
  *check({ patterns, source }, { files }) {
    const { entries, complete } = contextTree(folderOf(source.path), files, most);
    if (!complete || !entries.length) return;
    for (const pattern of patterns) {
      if (pattern.fault !== undefined) continue;
      const matches = matchedBy(pattern);
      if (!entries.some(({ path }) => matches(path)))
        yield { span: pattern.span, message: `«${pattern.text}» matches nothing of the ${entries.length} files and folders here.` };
    }
  },
});
