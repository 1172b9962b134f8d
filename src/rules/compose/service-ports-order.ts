import { entry, get, text, type Node } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { isSorted, partsOf, reorder, sortedBy } from '../shared/reorder.ts';

/** The port of the host, or of the container where none is given; what is not known yet comes first. */
function portOf(item: Node): number {
  const written = text(get(item, 'published')) ?? text(get(item, 'target')) ?? (text(item) ?? '').replace(/\/\w+$/, '');
  const parts = written.split(':');
  const port = parseInt(parts.at(-2) ?? parts.at(-1) ?? '', 10);
  return Number.isNaN(port) ? -1 : port;
}

export default composeRule({
  id: 'service-ports-order',
  severity: 'hint',
  enabled: false,
  title: 'Sort ports',
  why: 'One order makes them easy to find and merges quiet.',
  also: ['dclint:service-ports-alphabetical-order'],
  reach: 'file',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    «ports»:\n      - "8001:80"\n      - "127.0.0.1:443:443"\n',
      good: 'services:\n  api:\n    image: api:1\n    ports:\n      - "127.0.0.1:443:443"\n      - "8001:80"\n',
    },
  ],
  *check(file) {
    // What is broken may not end where it seems to.
    if (file.faults.length) return;
    for (const { name, node } of file.services) {
      const found = entry(node, 'ports');
      if (found?.value.kind !== 'list' || found.merged) continue;
      const order = sortedBy(found.value.items.map(portOf), (a, b) => a - b);
      if (isSorted(order)) continue;
      const edit = reorder(file.source, partsOf(found.value), order);
      yield {
        span: found.keySpan,
        message: `The ports of «${name}» are not in order.`,
        fixes: edit ? [{ title: 'Sort them', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
