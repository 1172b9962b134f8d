import { entry, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { byText, isSorted, partsOf, reorder, sortedBy } from '../shared/reorder.ts';

export default composeRule({
  id: 'service-dependencies-order',
  severity: 'hint',
  enabled: false,
  title: 'Sort dependencies',
  why: 'One order makes them easy to find and merges quiet.',
  also: ['dclint:service-dependencies-alphabetical-order'],
  reach: 'file',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    «depends_on»:\n      - redis\n      # first of all\n      - db\n  db:\n    image: postgres:17\n  redis:\n    image: redis:8\n',
      good: 'services:\n  api:\n    image: api:1\n    depends_on:\n      # first of all\n      - db\n      - redis\n  db:\n    image: postgres:17\n  redis:\n    image: redis:8\n',
    },
  ],
  *check(file) {
    // What is broken may not end where it seems to.
    if (file.faults.length) return;
    for (const { name, node } of file.services) {
      const found = entry(node, 'depends_on');
      if (!found || found.merged) continue;
      const { value } = found;
      const names =
        value.kind === 'map'
          ? value.entries.filter(({ merged }) => !merged).map(({ key }) => key)
          : value.kind === 'list'
            ? value.items.map((item) => text(item) ?? '')
            : [];
      const order = sortedBy(names, byText);
      if (isSorted(order)) continue;
      const edit = reorder(file.source, partsOf(value), order);
      yield {
        span: found.keySpan,
        message: `The dependencies of «${name}» are not in alphabetical order.`,
        fixes: edit ? [{ title: 'Sort them', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
