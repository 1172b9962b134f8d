import { get, items } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'no-quotes-in-volumes',
  severity: 'hint',
  enabled: false,
  title: 'Leave volumes without quotes',
  why: 'Mounts in the short form need no quotes.',
  also: ['dclint:no-quotes-in-volumes'],
  looksAt: ['volumes'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    volumes:\n      - «"./data:/data"»\n',
      good: 'services:\n  api:\n    image: api:1\n    volumes:\n      - ./data:/data\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services)
      for (const item of items(get(node, 'volumes'))) {
        if (item.kind !== 'scalar' || !item.quoted) continue;
        // Without quotes YAML would read these as something else.
        const plain = /^[\w./~$-][^#{}[\],]*$/.test(item.text) && !/: |\s$|:$/.test(item.text) && item.text.includes(':');
        yield {
          span: item.span,
          message: 'A mount needs no quotes.',
          fixes: plain ? [{ title: 'Remove the quotes', safe: true, edits: [{ span: item.span, text: item.text }] }] : [],
        };
      }
  },
});
