import { asRead, get, items, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { remembered } from '../../text/remembered.ts';
import type { World } from '../../lint/rule.ts';
import { examined } from './composeComplaints.ts';

/** A service as Compose sees it: variables filled in, `extends` and override files followed. */
export interface EffectiveService {
  readonly name: string;
  readonly node: MapNode;
  readonly profiles: readonly string[];
}

/** The services of a file as Compose sees them. */
export function effectiveServices(file: ComposeFile, world: World): readonly EffectiveService[] {
  const services = get(examined(file, world).root, 'services');
  if (services?.kind !== 'map') return [];
  return servicesIn(services);
}

const servicesIn = remembered((services: MapNode): readonly EffectiveService[] =>
  services.entries.flatMap(({ key, value }) =>
    value.kind === 'map'
      ? [{ name: key, node: value, profiles: items(get(asRead(value), 'profiles')).map((item) => text(item) ?? '') }]
      : [],
  ),
);

/** Whether a service runs with the profiles that are on. */
export const runsNow = ({ profiles }: EffectiveService, active: ReadonlySet<string>): boolean =>
  !profiles.length || active.has('*') || profiles.some((each) => active.has(each));

/**
 * Whether two services run at once: both by themselves, or by one profile. One that waits for a profile may be there instead of the
 * other, which then is left out by name.
 */
export const together = (a: EffectiveService, b: EffectiveService, active: ReadonlySet<string>): boolean =>
  (runsNow(a, active) && runsNow(b, active)) || a.profiles.some((profile) => b.profiles.includes(profile) && !never.test(profile));

/** What people call the profile of a service that others extend and nobody starts. */
const never = /^(?:none|never|disabled?|ignored?|templates?|dummy|unused|do-?not-?start)$/i;

/** The networks that a service names, in either form; `default` when it names none. */
export function networkNames(service: MapNode): readonly string[] {
  const names = namedNetworks(service);
  return names.length ? names : ['default'];
}

/** Those that it names itself. */
export function namedNetworks(service: MapNode): readonly string[] {
  const networks = get(asRead(service), 'networks');
  return networks?.kind === 'map' ? networks.entries.map(({ key }) => key) : items(networks).map((item) => text(item) ?? '');
}

/** What a service answers to besides its name: its container's name, its host's name, aliases. */
export function aliasesOf(service: MapNode): readonly string[] {
  const said = asRead(service);
  const networks = get(said, 'networks');
  const aliases = networks?.kind === 'map' ? networks.entries.flatMap(({ value }) => items(get(value, 'aliases'))) : [];
  return [get(said, 'container_name'), get(said, 'hostname'), ...aliases].flatMap((each) => text(each) ?? []);
}

/** Whether the service has a network of its own, so that its ports and names are its own. */
export const hasOwnNetwork = ({ node }: EffectiveService): boolean => get(asRead(node), 'network_mode') === undefined;
