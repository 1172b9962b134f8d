import { composeRule } from '../../lint/rule.ts';
import { isSorted, partsOf, reorder, sortedBy } from '../shared/reorder.ts';
import { serviceKeyPlace } from '../shared/serviceKeys.ts';

export default composeRule({
  id: 'service-keys-order',
  severity: 'hint',
  enabled: false,
  title: 'Keep the keys of a service in the usual order',
  why: 'What it runs, what it waits for, its data, its variables, its ports, how it runs: the same order in every service makes files easy to read.',
  also: ['dclint:service-keys-order'],
  reach: 'file',
  examples: [
    {
      bad: 'services:\n  «api»:\n    ports:\n      - "8000:8000"\n    # pinned\n    image: api:1\n',
      good: 'services:\n  api:\n    # pinned\n    image: api:1\n    ports:\n      - "8000:8000"\n',
    },
  ],
  *check(file) {
    // What is broken may not end where it seems to.
    if (file.faults.length) return;
    for (const { name, nameSpan, node } of file.services) {
      const keys = node.entries.filter(({ merged }) => !merged).map(({ key }) => key);
      const order = sortedBy(keys, (a, b) => serviceKeyPlace(a) - serviceKeyPlace(b));
      if (isSorted(order)) continue;
      const edit = reorder(file.source, partsOf(node), order);
      yield {
        span: nameSpan,
        message: `The keys of «${name}» are not in the usual order: ${order.map((index) => keys[index]).join(', ')}.`,
        fixes: edit ? [{ title: 'Put the keys in order', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
