import type { Part } from '../text/part.ts';
import { slice, type Span } from '../text/text.ts';
import { entry, get, text, type ComposeFile, type Entry, type MapNode, type Node, type Service } from './model.ts';

/** With fewer services the whole file is as quickly looked at. */
const fewest = 3;

/**
 * The services of a file, each with those that it extends and nothing of the sections beside `services`; and the rest of the file,
 * with no services. None for a file that is better looked at as a whole.
 */
export function composeParts(file: ComposeFile): readonly Part<ComposeFile>[] {
  const { root, services, source, documents, faults } = file;
  const section = entry(root, 'services');
  const map = section?.value;
  if (!root || !section || map?.kind !== 'map' || services.length < fewest || documents.length > 1 || section.merged) return [];
  const entries = new Map(map.entries.map((each) => [each.key, each]));
  const byName = new Map(services.map((each) => [each.name, each]));
  if (byName.size !== services.length) return [];
  const after = root.entries.flatMap(({ keySpan, merged }) => (!merged && keySpan.start > section.keySpan.start ? [keySpan.start] : []));
  const limit = Math.min(...after, Infinity);
  const begin = services[0]?.nameSpan.start ?? 0;
  const inside = (span: Span): boolean => begin <= span.start && span.start < limit;
  const spread = faults.filter(({ span }) => !services.some((each) => within(each.span, span)));
  const rest: Part<ComposeFile> = {
    start: 0,
    holds: (span) => !inside(span),
    document: () => ({ ...file, ...withServices(root, section, [], map), services: [], faults: spread }),
  };
  const each = services.map((service, at): Part<ComposeFile> => {
    const group = withExtended(service, byName);
    const { start } = service.nameSpan;
    const end = services[at + 1]?.nameSpan.start ?? limit;
    const taken = group.flatMap((member) => outside(member.node, member.span));
    const said = [...group.map(({ nameSpan, span }) => ({ start: nameSpan.start, end: span.end })), ...taken];
    const own = faults.filter(({ span }) => group.some((member) => within(member.span, span)));
    return {
      key: [spread.length ? '!' : '', ...own.map(({ message }) => message), ...said.map((span) => slice(source, span))].join('\0'),
      start,
      holds: ({ start: from }) => start <= from && from < end,
      takes: (span) => [service.span, ...taken].some((each) => each.start <= span.start && span.end <= each.end),
      document: () => {
        const kept = group.flatMap(({ name }) => entries.get(name) ?? []);
        return { ...file, ...withServices(root, section, kept, map), services: group, faults: [...spread, ...own] };
      },
    };
  });
  return [rest, ...each];
}

const within = ({ start, end }: Span, span: Span): boolean => start <= span.start && span.start <= end + 1;

function withServices(root: MapNode, section: Entry, entries: readonly Entry[], map: MapNode) {
  const services = { ...section, value: { ...map, entries } };
  const narrowed: MapNode = {
    ...root,
    entries: entries.length ? [services] : root.entries.map((each) => (each === section ? services : each)),
  };
  return { root: narrowed, documents: [narrowed] };
}

/** The services that a service extends, the furthest first, and itself. */
function withExtended(service: Service, byName: ReadonlyMap<string, Service>): readonly Service[] {
  const group = [service];
  for (let at = service; ;) {
    const link: Node | undefined = get(at.node, 'extends');
    const name = text(link) ?? (get(link, 'file') ? undefined : text(get(link, 'service')));
    const next = name === undefined ? undefined : byName.get(name);
    if (!next || group.includes(next)) break;
    group.unshift(next);
    at = next;
  }
  return group;
}

/** What a node takes over from anchors elsewhere. */
function outside(node: Node, own: Span): readonly Span[] {
  if (node.span.start < own.start || node.span.start > own.end) return [node.span];
  switch (node.kind) {
    case 'scalar':
      return none;
    case 'list':
      return gather(node.items, own);
    case 'map': {
      const keys = node.entries.flatMap(({ merged, keySpan }) => (merged ? [keySpan] : []));
      const values = gather(
        node.entries.map(({ value }) => value),
        own,
      );
      return keys.length ? [...keys, ...values] : values;
    }
  }
}

function gather(nodes: readonly Node[], own: Span): readonly Span[] {
  let found: Span[] | undefined;
  for (const node of nodes) {
    const spans = outside(node, own);
    if (spans.length) found = found ? [...found, ...spans] : [...spans];
  }
  return found ?? none;
}

const none: readonly never[] = [];
