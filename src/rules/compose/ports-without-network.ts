import { get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'ports-without-network',
  severity: 'error',
  quiet: 'On the network of the host the ports are dropped with a warning, and the container runs.',
  title: 'Publish ports on the service that has the network',
  why: 'A service with `network_mode: service:x` or `container:x` has no network of its own, and the engine refuses to publish ports for it: they belong to the one that it shares with. With `host` or `none` they are dropped.',
  looksAt: ['network_mode', 'ports'],
  examples: [
    {
      bad: 'services:\n  ui:\n    image: ui:1\n    network_mode: service:vpn\n    «ports»: ["8080:80"]\n  vpn:\n    image: vpn:1\n',
    },
    {
      title: 'dropped',
      bad: 'services:\n  llm:\n    image: llm:1\n    network_mode: host\n    «ports»:\n      - "8000:8000"\n',
    },
    {
      title: 'a network of its own',
      good: 'services:\n  ui:\n    image: ui:1\n    network_mode: service:vpn\n  vpn:\n    image: vpn:1\n    ports: ["8080:80"]\n  web:\n    image: web:1\n    network_mode: bridge\n    ports: ["80:80"]\n  none:\n    image: none:1\n    network_mode: host\n    ports: []\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const ports = node.entries.find(({ key }) => key === 'ports');
      const [, mode = '', owner = ''] = /^(service|container|host|none)(?::(.+))?$/.exec(text(get(node, 'network_mode')) ?? '') ?? [];
      if (!ports || mode === '' || !items(ports.value).length || ports.value.tag !== undefined) continue;
      const dropped = mode === 'host' || mode === 'none';
      yield {
        span: ports.keySpan,
        message: dropped
          ? `With network_mode: ${mode} nothing is published: Docker drops these ports. ${mode === 'host' ? 'The program is reached on the port that it listens on.' : 'Give the service a network.'}`
          : `The network is that of «${owner}», and the engine refuses to publish ports here: move them to «${owner}».`,
        ...(dropped ? { severity: 'info' as const } : {}),
      };
    }
  },
});
