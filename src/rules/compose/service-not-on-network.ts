import { addItem, addKey } from '../../compose/insert.ts';
import { entry, get, items, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { examined } from '../shared/composeComplaints.ts';
import { aliasesOf, effectiveServices, hasOwnNetwork, type EffectiveService, networkNames } from '../shared/composeServices.ts';
import { inherits } from '../shared/published.ts';
import { placeOf } from '../shared/replaceText.ts';
import { serviceHosts, serviceUrls } from '../shared/serviceUrls.ts';

export default composeRule({
  id: 'service-not-on-network',
  severity: 'warning',
  title: 'Put services that talk on one network',
  why: 'A service reaches another by name only on a network that both are on. A service with `networks` is on those alone, and no longer on the default one.',
  reach: [
    ...['environment', 'command', 'entrypoint', 'networks', 'network_mode', 'links', 'external_links', 'container_name', 'hostname'],
    'extra_hosts',
  ],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    networks: [front]\n    environment:\n      DATABASE_URL: postgresql://app@«db:5432»/app\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back:\n',
      good: 'services:\n  api:\n    image: api:1\n    networks: [front, back]\n    environment:\n      DATABASE_URL: postgresql://app@db:5432/app\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back:\n',
    },
    {
      title: 'the default network is left by naming another',
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      REDIS_HOST: «cache»\n  cache:\n    image: redis:7\n    networks:\n      - back\nnetworks:\n  back:\n',
      good: 'services:\n  api:\n    image: api:1\n    networks: ["default", "back"]\n    environment:\n      REDIS_HOST: cache\n  cache:\n    image: redis:7\n    networks:\n      - back\nnetworks:\n  back:\n',
    },
    {
      title: 'a service that has no name there',
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      LLM_URL: http://«llm:8000»\n      REDIS_HOST: «cache»\n  llm:\n    image: llm:1\n    network_mode: host\n  cache:\n    image: redis:8\n    network_mode: service:vpn\n  vpn:\n    image: vpn:1\n',
    },
    {
      title: 'one network under two names, a link',
      good: 'services:\n  api:\n    image: api:1\n    networks: [a]\n    environment: {REDIS_HOST: cache}\n  cache:\n    image: redis:7\n    networks: [b]\nnetworks:\n  a: {name: shared, external: true}\n  b: {name: shared, external: true}\n',
    },
  ],
  *check(file, world) {
    const project = examined(file, world);
    const services = effectiveServices(file, world);
    const byName = new Map(services.map((each) => [each.name, each]));
    const networks = new Map<EffectiveService, ReadonlyMap<string, string>>();
    const on = (service: EffectiveService): ReadonlyMap<string, string> => {
      let known = networks.get(service);
      if (!known) networks.set(service, (known = networksOf(service, project.root)));
      return known;
    };
    const asWritten = new Map(file.services.map(({ name, node }) => [name, node]));
    // What several services answer to is found by other names than their own.
    const others = new Set(services.flatMap(otherNames));
    for (const service of services) {
      if (!hasOwnNetwork(service) || entry(service.node, 'links') || entry(service.node, 'external_links')) continue;
      for (const { host, written, node, variable } of [...serviceUrls(service), ...serviceHosts(service)]) {
        const other = byName.get(host);
        if (!other || other === service || others.has(host)) continue;
        const nameless = hasOwnNetwork(other) || named(service, host) ? undefined : namelessIn(other);
        if (nameless !== undefined && !project.isFragment()) {
          const message = `${variable} names «${host}», which ${nameless}`;
          yield { span: placeOf(file.source, node, written) ?? node.span, message };
        }
        // What extends a service that cannot be read may be on the networks of that.
        if (!hasOwnNetwork(other) || inherits(service.node) || inherits(other.node)) continue;
        const own = on(service);
        const theirs = on(other);
        const reached = new Set(own.values());
        if ([...theirs.values()].some((network) => reached.has(network)) || project.isFragment()) continue;
        yield {
          span: placeOf(file.source, node, written) ?? node.span,
          message: `${variable} names «${host}», which is on ${listed(theirs)}; «${service.name}» is on ${listed(own)} and does not find it.`,
          fixes: join(file, service, asWritten.get(service.name), [...theirs.keys()]),
        };
      }
    }
  },
});

/** Why a service has no name in the networks of others. */
function namelessIn({ node }: EffectiveService): string | undefined {
  const mode = text(get(node, 'network_mode')) ?? '';
  const owner = /^service:(.+)$/.exec(mode)?.[1];
  if (owner !== undefined) return `shares the network of «${owner}» and has no name of its own: name «${owner}».`;
  if (mode === 'host')
    return 'is on the network of the host, where services have no names: name host.docker.internal, and give this service extra_hosts: ["host.docker.internal:host-gateway"].';
  return mode === 'none' ? 'is on no network.' : undefined;
}

/** Whether a service is told itself where a host is. */
const named = ({ node }: EffectiveService, host: string): boolean => {
  const hosts = get(node, 'extra_hosts');
  return hosts?.kind === 'map'
    ? entry(hosts, host) !== undefined
    : items(hosts).some((item) => (text(item) ?? '').replace(/[=:].*$/, '') === host);
};

const listed = (networks: ReadonlyMap<string, string>): string =>
  `the network${networks.size > 1 ? 's' : ''} ${[...networks.keys()].map((name) => `«${name}»`).join(', ')}`;

/** The networks of a service by their name in the file, with the name that they really have. */
const networksOf = ({ node }: EffectiveService, root: MapNode): ReadonlyMap<string, string> =>
  new Map(networkNames(node).map((name) => [name, text(get(root, 'networks', name, 'name')) ?? name]));

/** The names that a service answers to beside its own. */
const otherNames = ({ name, node }: EffectiveService): readonly string[] => aliasesOf(node).filter((each) => each !== name);

function join(file: ComposeFile, { name }: EffectiveService, service: MapNode | undefined, networks: readonly string[]): readonly Fix[] {
  const [network] = networks;
  if (network === undefined || !service) return [];
  const own = entry(service, 'networks');
  if (own?.merged) return [];
  const edit = !own
    ? addKey(file.source, service, 'networks', ['default', network])
    : own.value.kind === 'list'
      ? addItem(file.source, own.value, network)
      : undefined;
  return edit ? [{ title: `Put «${name}» on «${network}»`, safe: false, edits: [edit] }] : [];
}
