import { entry, get, items, type ComposeFile, type Entry, type Node } from '../../compose/model.ts';
import { slice, type Span } from '../../text/text.ts';
import type { Place } from '../model.ts';
import { environmentNodes } from './environment.ts';
import { entriesOf } from './parts.ts';
import { literal } from '../../text/literal.ts';

// What a port or a mount is on both of its sides: on the host and in the container.

/** The places of the port or the path at a place: both sides, and where services use either. Undefined where there is neither. */
export function sidesAt(file: ComposeFile, offset: number): readonly Place[] | undefined {
  const services = entriesOf(file, 'services');
  for (const service of services) {
    for (const item of items(get(service.value, 'ports'))) {
      const found = holding(portSides(file, services, service, item), offset);
      if (found) return found;
    }
    for (const item of items(get(service.value, 'volumes'))) {
      const found = holding(mountSides(file, services, service, item), offset);
      if (found) return found;
    }
  }
  return undefined;
}

const holding = (places: readonly Place[], offset: number): readonly Place[] | undefined => {
  if (places.length < 2 || !places.some(({ span }) => span.start <= offset && offset <= span.end)) return undefined;
  const byStart = new Map(places.map((place) => [place.span.start, place]));
  return [...byStart.values()].sort((a, b) => a.span.start - b.span.start);
};

interface Sides {
  readonly host?: Span;
  readonly inside: Span;
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `${PORT:-8080}:80`. */
const shortPort = /^["']?(?:.*?(?<=^["']?|:|:-)(\d+)\}?:)?(\d+)(?:\/\w+)?["']?$/d;
/** `./data:/data:ro`. */
const shortMount = /^["']?(?:([^:]+):)?(\/[^:"']*)(?::[\w,]+)?["']?$/d;

function sidesOf(file: ComposeFile, item: Node, short: RegExp, keys: readonly [string, string]): Sides | undefined {
  if (item.kind === 'map') {
    const [host, inside] = keys.map((key) => get(item, key));
    return inside?.kind === 'scalar'
      ? { inside: bare(file, inside), ...(host?.kind === 'scalar' && { host: bare(file, host) }) }
      : undefined;
  }
  const found = short.exec(slice(file.source, item.span))?.indices;
  const span = (part: readonly [number, number] | undefined): Span | undefined =>
    part && { start: item.span.start + part[0], end: item.span.start + part[1] };
  const [host, inside] = [span(found?.[1]), span(found?.[2])];
  return inside && { inside, ...(host && { host }) };
}

const bare = ({ source }: ComposeFile, { span: { start, end } }: Node): Span =>
  /["']/.test(source.text[start] ?? '') ? { start: start + 1, end: end - 1 } : { start, end };

function portSides(file: ComposeFile, services: readonly Entry[], service: Entry, item: Node): readonly Place[] {
  const sides = sidesOf(file, item, shortPort, ['published', 'target']);
  if (!sides) return [];
  const inside = slice(file.source, sides.inside);
  const host = sides.host && slice(file.source, sides.host);
  if (!/^\d+$/.test(inside)) return [];
  const name = literal(service.key);
  const self = `(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?\\]|${name}):(${inside})(?!\\d)`;
  const option = `(?:--(?:[\\w-]+-)?port|-p)(?:[ =]|",\\s*")["']?(${inside})(?!\\d)`;
  const own = [...programs(service), ...commands(service)].flatMap((node) => search(file, node, `${self}|${option}`));
  const variables = environmentNodes(service.value).flatMap(({ variable, node }) =>
    /PORT$/.test(variable.toUpperCase()) ? search(file, node, `(?:^["']?|=)(${inside})["']?$`) : search(file, node, self),
  );
  const exposed = items(get(service.value, 'expose')).flatMap((node) => search(file, node, `^["']?(${inside})(?:/\\w+)?["']?$`));
  const others = services.flatMap((other) => {
    const nodes = [...environmentNodes(other.value).map(({ node }) => node), ...programs(other)];
    const called = other === service ? [] : nodes.flatMap((node) => search(file, node, `(?<![\\w.-])${name}:(${inside})(?!\\d)`));
    const outside =
      host === undefined || (other === service && host === inside)
        ? []
        : environmentNodes(other.value).flatMap(({ node }) =>
            search(file, node, `(?:localhost|127\\.0\\.0\\.1|host\\.docker\\.internal):(${host})(?!\\d)`),
          );
    return [...called, ...outside];
  });
  return both(sides, [...own, ...variables, ...exposed, ...others]);
}

function mountSides(file: ComposeFile, services: readonly Entry[], service: Entry, item: Node): readonly Place[] {
  const sides = sidesOf(file, item, shortMount, ['source', 'target']);
  if (!sides) return [];
  const path = slice(file.source, sides.inside).replace(/\/+$/, '');
  if (!path.startsWith('/')) return [];
  const nodes = [...environmentNodes(service.value).map(({ node }) => node), ...programs(service), ...commands(service)];
  const folder = get(service.value, 'working_dir');
  const uses = [...nodes, ...(folder ? [folder] : [])].flatMap((node) =>
    search(file, node, `(?<![\\w./-])(${literal(path)})(?=["'/\\s,;:\\]})]|$)`),
  );
  const source = sides.host && slice(file.source, sides.host);
  const shared = services.flatMap(({ value }) =>
    items(get(value, 'volumes')).flatMap((other) => {
      const { host } = sidesOf(file, other, shortMount, ['source', 'target']) ?? {};
      return other !== item && host && slice(file.source, host) === source ? [host] : [];
    }),
  );
  const defined = entriesOf(file, 'volumes').flatMap(({ key, keySpan }) => (key === source ? [keySpan] : []));
  return both(sides, [...uses, ...shared, ...defined]);
}

const both = ({ host, inside }: Sides, uses: readonly Span[]): readonly Place[] => [
  ...uses.map((span) => ({ span, write: false })),
  ...(host ? [{ span: host, write: true }] : []),
  { span: inside, write: true },
];

/** A list is one text, so that an option and its value stand together. */
const programs = ({ value }: Entry): readonly Node[] => ['command', 'entrypoint'].flatMap((key) => entry(value, key)?.value ?? []);
const commands = ({ value }: Entry): readonly Node[] => [get(value, 'healthcheck', 'test')].flatMap((node) => node ?? []);

/** Where the groups of a pattern are in a node as it is written. */
function search({ source }: ComposeFile, node: Node, pattern: string): readonly Span[] {
  const { start } = node.span;
  if (start < 0) return [];
  return [...slice(source, node.span).matchAll(new RegExp(pattern, 'dg'))].flatMap(({ indices }) =>
    (indices ?? [])
      .slice(1)
      .flatMap((part: [number, number] | undefined) => (part ? [{ start: start + part[0], end: start + part[1] }] : [])),
  );
}
