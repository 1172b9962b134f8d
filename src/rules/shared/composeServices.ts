import { get, items, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import type { Span } from '../../text/text.ts';
import type { World } from '../../lint/rule.ts';
import { examined } from './composeComplaints.ts';

/** A service as Compose sees it: variables filled in, `extends` and override files followed. */
export interface EffectiveService {
  readonly name: string;
  readonly nameSpan: Span;
  readonly node: MapNode;
  readonly profiles: readonly string[];
}

/** The services of a file as Compose sees them. */
export function effectiveServices(file: ComposeFile, world: World): readonly EffectiveService[] {
  const services = get(examined(file, world).root, 'services');
  if (services?.kind !== 'map') return [];
  return services.entries.flatMap(({ key, keySpan, value }) =>
    value.kind === 'map'
      ? [{ name: key, nameSpan: keySpan, node: value, profiles: items(get(value, 'profiles')).map((item) => text(item) ?? '') }]
      : [],
  );
}

/** Whether two services can run at once: those of different profiles are mostly one or the other. */
export const together = (a: EffectiveService, b: EffectiveService): boolean =>
  !a.profiles.length || !b.profiles.length || a.profiles.some((profile) => b.profiles.includes(profile));

/** Whether the service has a network of its own, so that its ports and names are its own. */
export const hasOwnNetwork = ({ node }: EffectiveService): boolean => get(node, 'network_mode') === undefined;
