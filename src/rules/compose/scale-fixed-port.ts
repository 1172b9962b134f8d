import { get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { effectiveServices } from '../shared/composeServices.ts';
import { publishedPorts } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';
import { baseName } from '../../text/paths.ts';

/** What only a swarm reads. */
const swarm = ['placement', 'update_config', 'rollback_config', 'endpoint_mode'];

export default composeRule({
  id: 'scale-fixed-port',
  severity: 'warning',
  quiet: 'Swarm’s routing mesh publishes one port for all replicas; only Compose refuses.',
  title: 'Leave the host port of a replicated service open',
  why: 'Every replica wants the same port of the host, and only the first one gets it.',
  looksAt: ['ports', 'deploy', 'profiles', 'scale'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    ports: [«"8000:8000"»]\n    deploy:\n      replicas: 3\n',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000"]\n    deploy:\n      replicas: 3\n',
    },
    {
      title: 'for a swarm, by the name of the file or by what only a swarm reads',
      path: 'stacks/compose.swarm.yaml',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n    deploy:\n      replicas: 3\n',
    },
    {
      title: 'how a swarm replaces the replicas',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n    deploy:\n      replicas: 3\n      update_config: { order: start-first }\n',
    },
    { title: 'a range', good: 'services:\n  api:\n    image: api:1\n    ports: ["8000-8002:8000"]\n    scale: 3\n' },
  ],
  *check(file, world) {
    if (/swarm|stack\.ya?ml$/i.test(baseName(file.source.path))) return;
    for (const { node } of effectiveServices(file, world)) {
      const replicas = Number(text(get(node, 'deploy', 'replicas')) ?? text(get(node, 'scale')) ?? '1');
      // The routing mesh of a swarm gives all replicas the port.
      if (!(replicas > 1) || swarm.some((key) => get(node, 'deploy', key) !== undefined)) continue;
      for (const { published, target, hostIp, node: at } of publishedPorts(node))
        if (/^\d+$/.test(published) && published !== '0' && at.span.start >= 0)
          yield {
            span: at.span,
            message: `${String(replicas)} replicas cannot all have port ${published} of the host. Write "${String(target)}" to get free ones, or a range.`,
            fixes:
              at.kind === 'scalar'
                ? replaceText(file.source, at, `${hostIp === '' ? '' : ':'}${target}`, false, `${published}:${target}`)
                : [],
          };
    }
  },
});
