import { requirementsRule } from '../../lint/rule.ts';
import { includedFiles } from '../shared/pins.ts';

export default requirementsRule({
  id: 'index-url-with-requirements',
  severity: 'error',
  title: 'Add PyTorch’s package index, do not replace PyPI with it',
  why: '`--index-url` replaces PyPI for everything that the command installs. PyTorch’s index holds torch, its companions and what they need, so pip finds no version of anything else. Add it with `--extra-index-url`.',
  examples: [
    {
      bad: '«--index-url https://download.pytorch.org/whl/cpu»\ntorch==2.5.1\nmlflow\n',
      good: '--extra-index-url https://download.pytorch.org/whl/cpu\ntorch==2.5.1\nmlflow\n',
    },
    {
      bad: '«-i https://download.pytorch.org/whl/cu124»\ntorch\nscikit-learn==1.5.2\n',
      good: '--extra-index-url https://download.pytorch.org/whl/cu124\ntorch\nscikit-learn==1.5.2\n',
    },
    {
      title: 'what an included file asks for',
      files: { 'web.txt': 'fastapi\nsqlalchemy==2.0.36\n' },
      bad: '«--index-url https://download.pytorch.org/whl/cpu»\ntorch==2.5.1\n-r web.txt\n',
      good: '--extra-index-url https://download.pytorch.org/whl/cpu\ntorch==2.5.1\n-r web.txt\n',
    },
    { title: 'torch alone', good: '--index-url https://download.pytorch.org/whl/cpu\ntorch==2.5.1\nnumpy\n' },
    {
      title: 'PyPI beside it',
      good: '--index-url https://download.pytorch.org/whl/cpu\n--extra-index-url https://pypi.org/simple\ntorch==2.5.1\nmlflow\n',
    },
  ],
  *check(file, { knowledge, files }) {
    const { format, options, requirements } = file;
    const index = options.findLast(({ name }) => name === 'index-url');
    if (format !== 'pip' || !index || !/^https?:\/\/download\.pytorch\.org\/whl\//.test(index.value)) return;
    if (options.some(({ name }) => name === 'extra-index-url' || name === 'find-links')) return;
    const others = includedFiles(file, files);
    if (others.some((each) => each.options.some(({ name }) => /^(?:(?:extra-)?index-url|find-links)$/.test(name)))) return;
    const missing = [...requirements, ...others.flatMap((each) => each.requirements)]
      .filter(({ name, url, marker }) => url === undefined && marker === undefined && !knowledge.torchIndex.has(name))
      .map(({ name }) => name);
    if (!missing.length) return;
    const some = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ` and ${missing.length - 3} more` : '');
    yield {
      span: index.span,
      message: `${some}: not in PyTorch’s package index, and --index-url replaces PyPI, so pip finds no version. Use --extra-index-url.`,
      fixes: [{ title: 'Use --extra-index-url', safe: true, edits: [{ span: index.span, text: `--extra-index-url ${index.value}` }] }],
    };
  },
});
