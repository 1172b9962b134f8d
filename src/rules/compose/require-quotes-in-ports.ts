import { get, items } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'require-quotes-in-ports',
  severity: 'hint',
  enabled: false,
  title: 'Put ports in quotes',
  why: 'YAML reads some ports without quotes as numbers in base 60, or as plain numbers.',
  also: ['dclint:require-quotes-in-ports'],
  looksAt: ['ports', 'expose'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    ports:\n      - «8000:8000»\n    expose: [«9000»]\n',
      good: 'services:\n  api:\n    image: api:1\n    ports:\n      - "8000:8000"\n    expose: ["9000"]\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services)
      for (const key of ['ports', 'expose'])
        for (const item of items(get(node, key)))
          if (item.kind === 'scalar' && !item.quoted && item.value !== null && !item.text.includes('"'))
            yield {
              span: item.span,
              message: `«${item.text}» under ${key} is better in quotes.`,
              fixes: [
                {
                  title: 'Put it in quotes',
                  safe: true,
                  edits: [{ span: item.span, text: `"${file.source.text.slice(item.span.start, item.span.end)}"` }],
                },
              ],
            };
  },
});
