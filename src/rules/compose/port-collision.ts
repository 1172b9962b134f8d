import { composeRule } from '../../lint/rule.ts';
import { effectiveServices, hasOwnNetwork, together } from '../shared/composeServices.ts';
import { publishedPorts } from '../shared/published.ts';

export default composeRule({
  id: 'port-collision',
  severity: 'warning',
  title: 'Publish each port of the host once',
  why: 'Only one container can listen on a port of the host. The second one does not start: «port is already allocated».',
  also: ['dclint:no-duplicate-exported-ports'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n  ui:\n    image: ui:1\n    ports: [«"8000:3000"»]\n',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n  ui:\n    image: ui:1\n    ports: ["8001:3000"]\n',
    },
    {
      title: 'other protocols, other addresses, other profiles',
      good: 'services:\n  a:\n    image: a:1\n    ports: ["53:53/udp", "127.0.0.2:80:80"]\n  b:\n    image: b:1\n    ports: ["53:53", "127.0.0.1:80:80"]\n  gpu:\n    image: g:1\n    profiles: [gpu]\n    ports: ["9000:9000"]\n  cpu:\n    image: c:1\n    profiles: [cpu]\n    ports: ["9000:9000"]\n',
    },
  ],
  *check(file, world) {
    const all = effectiveServices(file, world)
      .filter(hasOwnNetwork)
      .flatMap((service) =>
        publishedPorts(service.node)
          .filter(({ published }) => /^\d+$/.test(published) && published !== '0')
          .map((port) => ({ service, port })),
      );
    const everywhere = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';
    const told = new Set<number>();
    for (const [index, { service, port }] of all.entries()) {
      const other = all
        .slice(0, index)
        .find(
          (each) =>
            each.port.published === port.published &&
            each.port.protocol === port.protocol &&
            (each.port.hostIp === port.hostIp || everywhere(each.port.hostIp) || everywhere(port.hostIp)) &&
            (each.service === service ? each.port.target !== port.target : together(each.service, service)),
        );
      if (!other || port.node.span.start < 0 || told.has(port.node.span.start)) continue;
      told.add(port.node.span.start);
      yield {
        span: port.node.span,
        message: `Port ${port.published} of the host is given to «${other.service.name}» already: the second container does not start.`,
      };
    }
  },
});
