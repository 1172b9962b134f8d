import { composeRule } from '../../lint/rule.ts';
import { byText, isSorted, partsOf, reorder, sortedBy } from '../shared/reorder.ts';

const usual = ['version', 'name', 'include', 'services', 'networks', 'volumes', 'secrets', 'configs'];
const place = (key: string): number => (key.startsWith('x-') ? -1 : usual.includes(key) ? usual.indexOf(key) : usual.length);

export default composeRule({
  id: 'top-level-order',
  severity: 'hint',
  enabled: false,
  title: 'Keep the sections in the usual order',
  why: 'Readers look for services after name and include, and for networks, volumes, secrets and configs below.',
  also: ['dclint:top-level-properties-order'],
  reach: 'file',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\nvolumes:\n  data:\n«networks»:\n  back:\n',
      good: 'services:\n  api:\n    image: api:1\nnetworks:\n  back:\nvolumes:\n  data:\n',
    },
  ],
  *check(file) {
    // What is broken may not end where it seems to.
    if (file.faults.length) return;
    if (!file.root) return;
    const keys = file.root.entries.filter(({ merged }) => !merged);
    const order = sortedBy(
      keys.map(({ key }) => key),
      (a, b) => place(a) - place(b) || (a.startsWith('x-') && b.startsWith('x-') ? byText(a, b) : 0),
    );
    if (isSorted(order)) return;
    const wrong =
      keys.find(({ key }, index) => index > 0 && place(key) < place(keys[index - 1]?.key ?? '')) ??
      keys.find((_, index) => order[index] !== index);
    const edit = reorder(file.source, partsOf(file.root), order);
    if (wrong)
      yield {
        span: wrong.keySpan,
        message: `«${wrong.key}» stands in an unusual place. The usual order is x-…, name, include, services, networks, volumes, secrets, configs.`,
        fixes: edit ? [{ title: 'Put the sections in order', safe: true, edits: [edit] }] : [],
      };
  },
});
