import { get } from '../../compose/model.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import type { Source } from '../../text/text.ts';
import { examined } from '../shared/composeComplaints.ts';
import { effectiveServices, hasOwnNetwork, together } from '../shared/composeServices.ts';
import { publishedPorts, type PublishedPort } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'port-collision',
  severity: 'warning',
  quiet: 'Files with services that are never started together publish the same port on purpose.',
  title: 'Publish each port of the host once',
  why: 'Only one container can listen on a port of the host. The second one does not start: «port is already allocated».',
  also: ['dclint:no-duplicate-exported-ports'],
  reach: ['ports', 'network_mode', 'profiles'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n  ui:\n    image: ui:1\n    ports: [«"8000:3000"»]\n',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n  ui:\n    image: ui:1\n    ports: ["8001:3000"]\n',
    },
    {
      title: 'an address of its own, in the long form',
      bad: 'services:\n  a:\n    image: a:1\n    ports: ["127.0.0.1:8000:80"]\n  b:\n    image: b:1\n    ports:\n      - target: 80\n        published: «"8000"»\n',
      good: 'services:\n  a:\n    image: a:1\n    ports: ["127.0.0.1:8000:80"]\n  b:\n    image: b:1\n    ports:\n      - target: 80\n        published: "8001"\n',
    },
    {
      title: 'both profiles are on',
      environment: { COMPOSE_PROFILES: 'gpu,cpu' },
      bad: 'services:\n  gpu:\n    image: g:1\n    profiles: [gpu]\n    ports: ["9000:9000"]\n  cpu:\n    image: c:1\n    profiles: [cpu]\n    ports: [«"9000:9000"»]\n',
    },
    {
      title: 'other protocols, other addresses, other profiles',
      good: 'services:\n  a:\n    image: a:1\n    ports: ["53:53/udp", "127.0.0.2:80:80"]\n  b:\n    image: b:1\n    ports: ["53:53", "127.0.0.1:80:80"]\n  gpu:\n    image: g:1\n    profiles: [gpu]\n    ports: ["9000:9000"]\n  cpu:\n    image: c:1\n    profiles: [cpu]\n    ports: ["9000:9000"]\n  plain:\n    image: p:1\n    ports: ["9000:9000"]\n',
    },
  ],
  *check(file, world) {
    const { profiles } = examined(file, world);
    const all = effectiveServices(file, world)
      .filter(hasOwnNetwork)
      .flatMap((service) =>
        publishedPorts(service.node)
          .filter(({ published }) => /^\d+$/.test(published) && published !== '0')
          .map((port) => ({ service, port })),
      );
    const everywhere = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';
    const told = new Set<number>();
    const taken = new Map<string, (typeof all)[number][]>();
    for (const { service, port } of all) {
      const place = `${port.published}/${port.protocol}`;
      const before = taken.get(place) ?? [];
      const other = before.find(
        (each) =>
          (each.port.hostIp === port.hostIp || everywhere(each.port.hostIp) || everywhere(port.hostIp)) &&
          (each.service === service ? each.port.target !== port.target : together(each.service, service, profiles)),
      );
      taken.set(place, [...before, { service, port }]);
      if (!other || port.node.span.start < 0 || told.has(port.node.span.start)) continue;
      told.add(port.node.span.start);
      yield {
        span: (get(port.node, 'published') ?? port.node).span,
        message: `Port ${port.published} of the host is given to «${other.service.name}» already: the second container does not start.`,
        fixes: elsewhere(file.source, port, all),
      };
    }
  },
});

/** A fix that takes the next port of the host that the file leaves free. */
function elsewhere(
  file: Source,
  { node, published, target }: PublishedPort,
  all: readonly { readonly port: PublishedPort }[],
): readonly Fix[] {
  const used = new Set(all.map(({ port }) => port.published));
  let free = Number(published) + 1;
  while (used.has(String(free))) free++;
  const title = `Publish on ${free}`;
  const at = node.kind === 'map' ? get(node, 'published') : node;
  if (at?.kind !== 'scalar' || free > 65535) return [];
  const fixes =
    node.kind === 'map'
      ? replaceText(file, at, String(free), false, published)
      : replaceText(file, at, `${free}:${target}`, false, `${published}:${target}`);
  return fixes.map((fix) => ({ ...fix, title }));
}
