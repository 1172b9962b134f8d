import { base, canBePiece, type Part, type Piece } from '../text/part.ts';
import { slice, type Source, type Span } from '../text/text.ts';
import { asRead, entry, get, movedSince, text, type ComposeFile, type Entry, type MapNode, type Node, type Service } from './model.ts';

/** A service with those that it extends, or what stands around the services. */
export interface ComposePart extends Part<ComposeFile> {
  /** How it is called. */
  readonly name: string;
  /** What it says, piece by piece: the same list while that is known to be the same. */
  readonly pieces: readonly Piece[];
  /** Whether something stands elsewhere and is its all the same: an anchor that it takes over. Some other part speaks of all other places. */
  readonly takes?: (span: Span) => boolean;
}

/** What the services of a file said in its earlier states, by where they were read. */
export type KnownServices = WeakMap<MapNode, readonly Piece[]>;

/**
 * The services of a file, each with those that it extends and nothing of the sections beside `services`; what stands before and after them,
 * with no services. None for a file that is better looked at as a whole.
 */
export function composeParts(file: ComposeFile, known: KnownServices): readonly ComposePart[] {
  const { root, services, source, documents, faults, anchored } = file;
  const section = entry(root, 'services');
  const map = section?.value;
  const [first] = services;
  if (file.template || !root || !section || map?.kind !== 'map' || !first) return [];
  if (documents.length > 1 || section.merged || !canBePiece(source.text)) return [];
  const byName = new Map(services.map((each) => [each.name, each]));
  if (byName.size !== services.length) return [];
  const after = root.entries.flatMap(({ keySpan, merged }) => (!merged && keySpan.start > section.keySpan.start ? [keySpan.start] : []));
  const everywhere = source.text.length + 1;
  const limit = Math.min(...after, everywhere);
  const begin = first.nameSpan.start;
  const spread = faults.filter((fault) => fault.spread ?? !services.some((each) => within(each.span, fault.span)));

  const parts: ComposePart[] = [];
  let bare: ComposeFile | undefined;
  const around = (): ComposeFile => (bare ??= { ...file, ...withServices(root, section, [], map), services: [], faults: spread });
  const others = root.entries.filter((each) => each !== section);
  const taken = anchored ? others.flatMap(({ value }) => outside(value, (place) => place < begin || place >= limit)) : none;
  const rest = [{ start: 0, end: begin }, { start: limit, end: everywhere }, ...taken];
  const fallen = root.entries.filter(({ keySpan }) => keySpan.start >= file.brokenFrom).map(({ key }) => key);
  const said = [...fallen, ...spread.map(({ message }) => message), ...rest.map((span) => slice(source, span))].join('\n');
  const beside = (name: string, from: number, to: number): void => {
    parts.push({
      name,
      pieces: [{ span: { start: 0, end: to - from }, text: `${name}\n${said}` }],
      start: from,
      holds: ({ start }) => from <= start && start < to,
      document: around,
    });
  };
  beside('before', 0, begin);
  for (const [at, service] of services.entries()) {
    const group = withExtended(service, byName);
    const { start } = service.nameSpan;
    const end = services[at + 1]?.nameSpan.start ?? limit;
    const taken = anchored ? group.flatMap((member) => outside(member.node, isIn(member.span))) : none;
    const own = faults.length ? faults.filter(({ span, spread }) => !spread && group.some((member) => within(member.span, span))) : none;
    const written = anchored ? piecesOf(source, service) : writtenOnce(source, service, known);
    const more = [
      ...(spread.length || own.length ? [{ text: [spread.length ? '!' : '', ...own.map(({ message }) => message)].join('\n') }] : none),
      ...taken.map((span) => ({ text: slice(source, span) })),
      // Which pieces of what it extends changed is told by the part that this is.
      ...(group.length > 1 ? [{ name: base, text: group.map(({ span }) => slice(source, span)).join('\n') }] : none),
    ];
    parts.push({
      name: `service ${service.name}`,
      pieces: more.length ? [...written, ...more] : written,
      start,
      holds: ({ start: from }) => start <= from && from < end,
      ...(taken.length ? { takes: (span) => taken.some((each) => each.start <= span.start && span.end <= each.end) } : {}),
      document: () => {
        const kept = group.flatMap(({ name }) => map.entries.find(({ key }) => key === name) ?? []);
        return { ...file, ...withServices(root, section, kept, map), services: group, faults: [...spread, ...own] };
      },
    });
  }
  if (limit < everywhere) beside('after', limit, everywhere);
  return parts;
}

/** What a service says that has nothing of an anchor: the same wherever it has moved to. */
function writtenOnce(source: Source, service: Service, known: KnownServices): readonly Piece[] {
  const { origin = service.node } = service.node;
  let written = known.get(origin);
  if (!written) known.set(origin, (written = piecesOf(source, service)));
  return written;
}

/** What a service says under each of its keys; one nameless piece where that cannot be told from the text. */
function piecesOf({ text }: Source, { nameSpan, span, node }: Service): readonly Piece[] {
  const { start } = nameSpan;
  const { entries } = asRead(node);
  const by = movedSince(node);
  const piece = (from: number, to: number) => ({ span: { start: from - start, end: to - start }, text: text.slice(from, to) });
  const place = ({ keySpan }: Entry): number => keySpan.start + by;
  const plain = entries.every(
    (each, at) => !each.merged && place(each) >= nameSpan.end && (at === 0 || place(each) > place(entries[at - 1] ?? each)),
  );
  const [first] = entries;
  if (!first || !plain) return [piece(start, span.end)];
  return [
    piece(start, place(first)),
    ...entries.map((each, at): Piece => {
      const next = entries[at + 1];
      const { key } = each;
      const own = piece(place(each), next ? place(next) : span.end);
      return key === 'extends' || key === '' ? own : { name: key, span: own.span, text: own.text };
    }),
  ];
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

const isIn =
  ({ start, end }: Span) =>
  (place: number): boolean =>
    start <= place && place <= end;

/** What a node takes over from anchors elsewhere. */
function outside(node: Node, isOwn: (place: number) => boolean): readonly Span[] {
  if (!isOwn(node.span.start)) return [node.span];
  switch (node.kind) {
    case 'scalar':
      return none;
    case 'list':
      return gather(node.items, isOwn);
    case 'map': {
      const keys = node.entries.flatMap(({ merged, keySpan }) => (merged ? [keySpan] : []));
      const values = gather(
        node.entries.map(({ value }) => value),
        isOwn,
      );
      return keys.length ? [...keys, ...values] : values;
    }
  }
}

function gather(nodes: readonly Node[], isOwn: (place: number) => boolean): readonly Span[] {
  let found: Span[] | undefined;
  for (const node of nodes) {
    const spans = outside(node, isOwn);
    if (spans.length) found = found ? [...found, ...spans] : [...spans];
  }
  return found ?? none;
}

const none: readonly never[] = [];
