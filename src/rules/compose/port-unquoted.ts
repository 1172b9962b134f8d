import { get, items } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { slice } from '../../text/text.ts';

export default composeRule({
  id: 'port-unquoted',
  severity: 'hint',
  title: 'Put ports that YAML 1.1 takes for a time in quotes',
  why: 'In YAML 1.1 `2222:22` is a number in base 60: 133342. Compose of today reads it as text; older Compose, Ansible and other programs that read the same file do not.',
  looksAt: ['ports'],
  examples: [
    {
      bad: 'services:\n  ssh:\n    image: ssh:1\n    ports:\n      - «2222:22»\n      - 8000:8000\n',
      good: 'services:\n  ssh:\n    image: ssh:1\n    ports:\n      - "2222:22"\n      - 8000:8000\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services)
      for (const item of items(get(node, 'ports')))
        if (item.kind === 'scalar' && !item.quoted && /^[1-9]\d*(?::[0-5]?\d)+$/.test(slice(file.source, item.span)))
          yield {
            span: item.span,
            message: `YAML 1.1 reads ${item.text} as a number in base 60.`,
            fixes: [{ title: 'Put it in quotes', safe: true, edits: [{ span: item.span, text: `"${item.text}"` }] }],
          };
  },
});
