import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { byText, isSorted, partsOf, reorder, sortedBy } from '../shared/reorder.ts';

export default composeRule({
  id: 'services-order',
  severity: 'hint',
  enabled: false,
  title: 'Sort services',
  why: 'One order makes them easy to find and merges quiet.',
  also: ['dclint:services-alphabetical-order'],
  reach: 'file',
  examples: [
    {
      bad: '«services»:\n  web:\n    image: web:1\n\n  # the API\n  api:\n    image: api:1\n',
      good: 'services:\n  # the API\n  api:\n    image: api:1\n\n  web:\n    image: web:1\n',
    },
  ],
  *check(file) {
    // What is broken may not end where it seems to.
    if (file.faults.length) return;
    const found = entry(file.root, 'services');
    if (found?.value.kind !== 'map') return;
    const order = sortedBy(
      found.value.entries.filter(({ merged }) => !merged).map(({ key }) => key),
      byText,
    );
    if (isSorted(order)) return;
    const edit = reorder(file.source, partsOf(found.value), order);
    yield {
      span: found.keySpan,
      message: 'The services are not in alphabetical order.',
      fixes: edit ? [{ title: 'Sort them', safe: true, edits: [edit] }] : [],
    };
  },
});
