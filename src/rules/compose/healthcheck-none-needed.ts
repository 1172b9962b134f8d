import { removeKey } from '../../compose/insert.ts';
import { entry } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { serviceImage } from '../shared/composeImage.ts';

// Services whose official image brings a health check that knows more than a curl does.
const builtIn = new Set(['jupyter', 'open-webui', 'llama-cpp']);

export default composeRule({
  id: 'healthcheck-none-needed',
  severity: 'info',
  title: 'Leave the image’s own health check in place',
  why: 'The image has a health check of its own; one in the Compose file replaces it.',
  looksAt: ['image', 'build', 'healthcheck'],
  examples: [
    {
      bad: 'services:\n  ui:\n    image: ghcr.io/open-webui/open-webui:v0.6.30\n    «healthcheck»:\n      test: ["CMD", "curl", "-f", "http://localhost:8080/"]\n',
      good: 'services:\n  ui:\n    image: ghcr.io/open-webui/open-webui:v0.6.30\n',
    },
    { good: 'services:\n  ui:\n    image: ghcr.io/open-webui/open-webui:v0.6.30\n    healthcheck:\n      start_period: 5m\n' },
  ],
  *check(file, { knowledge }) {
    for (const { node } of file.services) {
      const check = entry(node, 'healthcheck');
      const known = serviceFacts(knowledge, serviceImage(node) ?? '');
      if (
        !check ||
        check.merged ||
        !known ||
        !builtIn.has(known.id) ||
        known.health?.test ||
        !entry(check.value, 'test') ||
        entry(check.value, 'disable')
      )
        continue;
      const edit = removeKey(file.source, node, 'healthcheck');
      yield {
        span: check.keySpan,
        message: `${known.name} brings a health check of its own, which this one replaces.`,
        fixes: edit ? [{ title: 'Remove it', safe: false, edits: [edit] }] : [],
      };
    }
  },
});
