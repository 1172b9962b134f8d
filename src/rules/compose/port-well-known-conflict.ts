import { composeRule } from '../../lint/rule.ts';
import { publishedPorts } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';

const airplay = new Set(['5000', '7000']);

export default composeRule({
  id: 'port-well-known-conflict',
  severity: 'hint',
  quiet:
    'Every project publishes 5432, 8080 or 3000, and mostly they are free: only the two ports that macOS itself takes are told, and only on a Mac.',
  title: 'Publish another port than 5000 and 7000 on a Mac',
  why: 'On macOS the AirPlay receiver listens on 5000 and 7000. Compose says «port is already allocated», or, worse, starts, and the browser gets «403 Forbidden» from AirPlay. Publish on another port of the host, or switch the AirPlay receiver off.',
  looksAt: ['ports'],
  examples: [
    {
      live: { engine: { onMac: true } },
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    ports: [«"5000:5000"»]\n',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    ports: ["5001:5000"]\n',
    },
    { title: 'on Linux', good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    ports: ["5000:5000"]\n' },
  ],
  *check(file, { live }) {
    if (!live.engine?.onMac) return;
    for (const { node } of file.services)
      for (const { published, node: at } of publishedPorts(node)) {
        if (!airplay.has(published)) continue;
        const next = String(Number(published) + 1);
        yield {
          span: at.span,
          message: `macOS itself listens on ${published} (AirPlay receiver): a browser gets «403 Forbidden» from it. Publish another port, such as ${next}.`,
          fixes: at.kind === 'scalar' ? replaceText(file.source, at, next, false, published) : [],
        };
      }
  },
});
