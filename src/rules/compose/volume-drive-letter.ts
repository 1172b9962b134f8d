import { entry, get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { examined } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'volume-drive-letter',
  severity: 'warning',
  title: 'Give volumes names of two letters or more',
  why: 'Compose takes one letter before a colon for a drive of Windows: `m:/data` is no volume «m» at /data, but an unnamed one at a folder called «m:/data».',
  reach: ['volumes'],
  examples: [
    {
      bad: 'services:\n  store:\n    image: store:1\n    volumes: [«"m:/data"»]\nvolumes:\n  m:\n',
    },
    {
      title: 'the long form, or a drive that is meant',
      good: 'services:\n  store:\n    image: store:1\n    volumes:\n      - { type: volume, source: m, target: /data }\n      - C:/models:/models\nvolumes:\n  m:\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services)
      for (const item of items(get(node, 'volumes'))) {
        const name = /^([a-zA-Z]):\/[^:]*(?::[a-z,]+)?$/.exec(text(item) ?? '')?.[1];
        if (name === undefined || item.span.start < 0) continue;
        const volumes = get(examined(file, world).root, 'volumes');
        if (entry(volumes, name))
          yield {
            span: item.span,
            message: `Compose takes «${name}:» for a drive of Windows, and mounts an unnamed volume. Give the volume «${name}» a longer name, or mount it in the long form.`,
          };
      }
  },
});
