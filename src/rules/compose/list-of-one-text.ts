import { entry, get, items, text, type Node } from '../../compose/model.ts';
import { commandWords } from '../../compose/short/words.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';

export default composeRule({
  id: 'list-of-one-text',
  severity: 'warning',
  title: 'Give each word of a list an item of its own',
  why: 'A list is run as it is, without a shell: an item with blanks is one argument. As the first one it is the name of a program that no image has.',
  looksAt: ['entrypoint', 'healthcheck'],
  examples: [
    {
      bad: 'services:\n  cache:\n    image: redis:8\n    healthcheck:\n      test: ["CMD", «"redis-cli ping || exit 1"»]\n',
      good: 'services:\n  cache:\n    image: redis:8\n    healthcheck:\n      test: ["CMD-SHELL", "redis-cli ping || exit 1"]\n',
    },
    {
      bad: 'services:\n  api:\n    image: api:1\n    entrypoint: [«"python serve.py"»]\n',
      good: 'services:\n  api:\n    image: api:1\n    entrypoint: ["python", "serve.py"]\n',
    },
    {
      title: 'one text, a shell, words of their own',
      good: 'services:\n  a:\n    image: a:1\n    entrypoint: python serve.py\n    healthcheck:\n      test: ["CMD-SHELL", "curl -f http://localhost"]\n  b:\n    image: b:1\n    entrypoint: ["sh", "-c", "python serve.py"]\n    healthcheck:\n      test: ["CMD", "curl", "-H", "A: b", "http://localhost"]\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const [kind, program, ...rest] = items(get(node, 'healthcheck', 'test'));
      if (kind && text(kind) === 'CMD' && !rest.length && isSentence(program))
        yield {
          span: program.span,
          message: `With CMD this whole text is the name of a program, and there is none of that name: the check always fails. With CMD-SHELL a shell reads it.`,
          fixes: [
            {
              title: 'Write CMD-SHELL',
              safe: true,
              edits: [{ span: kind.span, text: file.source.text.slice(kind.span.start, kind.span.end).replace('CMD', 'CMD-SHELL') }],
            },
          ],
        };
      const entrypoint = entry(node, 'entrypoint')?.value;
      const [only, ...more] = entrypoint?.kind === 'list' ? entrypoint.items : [];
      if (entrypoint && !more.length && isSentence(only))
        yield {
          span: only.span,
          message: `This whole text is the name of a program, and there is none of that name: the container does not start. Give each word an item of its own.`,
          fixes: split(entrypoint, text(only) ?? ''),
        };
    }
  },
});

/** A program and more in one text; a path may have blanks. */
const isSentence = (node: Node | undefined): node is Node => {
  const written = node?.kind === 'scalar' && !node.unknown && typeof node.value === 'string' ? node.value : '';
  return /^[\w./-]*[a-z][\w./-]*\s+\S/.test(written) && !written.includes('$');
};

function split(list: Node, written: string): readonly Fix[] {
  const words = commandWords(written);
  return words && !/["'\\]/.test(written)
    ? [
        {
          title: 'Give each word an item',
          safe: true,
          edits: [{ span: list.span, text: `[${words.map((word) => JSON.stringify(word)).join(', ')}]` }],
        },
      ]
    : [];
}
