import type { Span } from '../text/text.ts';
import { unsetIn, type Complaint } from './complaint.ts';
import { entry, get, text, type MapNode, type Node } from './model.ts';
import { placedAt, scalarOf, withEntry } from './nodes.ts';
import { folderOf, join } from '../text/paths.ts';
import { rebaseService, wayTo } from './rebase.ts';
import { longGpus, mergeServices, withoutResets } from './merge.ts';

/** The services of another file, variables filled in; a sentence when it cannot be read. */
export type OpenServices = (path: string) => { readonly services: MapNode; readonly path: string } | string;

/** Lays every service over the one it extends. */
export function extendServices(root: MapNode, folder: string, open: OpenServices, complain: (complaint: Complaint) => void): MapNode {
  const services = get(root, 'services');
  if (services?.kind !== 'map' || !services.entries.some(({ value }) => entry(value, 'extends'))) return root;
  const done = new Map<string, Node>();
  const extended = services.entries.map((each) => ({
    ...each,
    value: extend(each.key, services, { path: '', folder }, open, complain, [], done) ?? each.value,
  }));
  return withEntry(root, 'services', { ...services, entries: extended });
}

function extend(
  name: string,
  services: MapNode,
  at: { readonly path: string; readonly folder: string },
  open: OpenServices,
  complain: (complaint: Complaint) => void,
  chain: readonly string[],
  done: Map<string, Node>,
  first?: Span,
): Node | undefined {
  const id = `${at.path}#${name}`;
  const known = done.get(id);
  if (known) return known;
  const service = entry(services, name)?.value;
  const link = entry(service, 'extends');
  if (service?.kind !== 'map' || !link || link.value.tag === '!reset') return service;
  const own = withEntry(service, 'extends', undefined);
  const target = text(link.value) ?? text(get(link.value, 'service'));
  const file = get(link.value, 'file');
  // What is wrong in another file is said there.
  const tell = (span: Span, message: string): void => {
    complain({ kind: 'extends', span, message, ...(at.path === '' ? {} : { path: at.path }) });
  };
  const span = (get(link.value, 'service') ?? link.value).span;
  if (target === undefined && at.path !== '') tell(span, `«${name}» extends nothing: name a «service».`);
  if (target === undefined || (file?.kind === 'scalar' && file.unknown)) return withUnknown(service);
  if (chain.includes(id)) {
    // A circle that only other files make stops this one, too.
    const message = `«${name}» extends itself in a circle: ${[...chain, id].map((each) => each.replace(/^.*#/, '')).join(' → ')}.`;
    complain({ kind: 'extends', span: at.path === '' ? span : (first ?? span), message });
    return withUnknown(service);
  }
  const from = file?.tag === '!reset' ? undefined : text(file);
  const other = from === undefined ? { services, ...at } : opened(open(join(at.folder, from)));
  if (typeof other === 'string') {
    tell(file?.span ?? span, `${file?.kind === 'scalar' ? unsetIn(file) : ''}${other}`);
    return withUnknown(service);
  }
  if (!entry(other.services, target)) {
    tell(span, `There is no service «${target}» ${from === undefined ? 'in this file' : `in ${from}`}, which «${name}» extends.`);
    return withUnknown(service);
  }
  const found = extend(target, other.services, other, open, complain, [...chain, id], done, first ?? span);
  // What a service takes out of what lies below it, is not taken out of what extends it.
  const base = found && withoutResets(found);
  if (base?.kind === 'list') tell(base.span, `The service «${target}» is a list: it takes a mapping.`);
  if (base?.kind !== 'map') return own;
  const merged = mergeServices(
    from === undefined ? base : longGpus(onlyMap(placedAt(rebaseService(base, wayTo(at.folder, folderOf(other.path)), 'extended'), span))),
    own,
    (where, node) => {
      complain({
        kind: 'extends',
        span: node.alias ?? node.span,
        message: `«${where}» cannot be laid over what «${target}» has there: one is a mapping or list, the other is not.`,
      });
    },
  );
  done.set(id, merged);
  return merged;
}

const opened = (read: ReturnType<OpenServices>) => (typeof read === 'string' ? read : { ...read, folder: folderOf(read.path) });

/** What a service is that extends something we do not know, and still says so: it may well have an image. */
const withUnknown = (service: MapNode): MapNode =>
  entry(service, 'image') ? service : withEntry(service, 'image', { ...scalarOf('', service.span), unknown: true });

const onlyMap = (node: Node): MapNode => (node.kind === 'map' ? node : { kind: 'map', span: node.span, entries: [] });
