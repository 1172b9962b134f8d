import { entry, get, text as textOf, type ComposeFile, type MapNode, type Node } from '../../compose/model.ts';
import { folderOf, join } from '../../text/paths.ts';
import { sectionNames, sections, type SectionKind } from '../../compose/sections.ts';
import { remembered } from '../../text/remembered.ts';
import type { Span } from '../../text/text.ts';
import { hostsIn } from './hosts.ts';
import { entriesOf } from './parts.ts';
import type { Named, Place } from '../model.ts';

/** One place of a name in a file. */
export interface Mention extends Place {
  readonly kind: Named['kind'];
  readonly name: string;
  /** The file whose service is meant, by its path, when it is another one. */
  readonly of?: string;
  /** Set where it names a host, which may be a service or any machine. */
  readonly host?: true;
}

/** The mention at a place, in whichever file the name is declared. */
export function mentionAt(file: ComposeFile, offset: number): Mention | undefined {
  const near = around(file, offset);
  return [...mentionsIn(near), ...hosts(near), ...anchors(file)].find(({ span }) => span.start <= offset && offset <= span.end);
}

/** The file with the one service alone that an offset lies in: what another one names there, this one names, too. */
function around(file: ComposeFile, offset: number): ComposeFile {
  const section = entry(file.root, 'services');
  const found =
    section?.value.kind === 'map' && file.documents.length === 1
      ? section.value.entries.find(({ keySpan, value, merged }) => !merged && keySpan.start <= offset && offset <= value.span.end)
      : undefined;
  if (!file.root || !section || !found) return file;
  const root: MapNode = { ...file.root, entries: [{ ...section, value: { ...section.value, kind: 'map', entries: [found] } }] };
  return { ...file, root, documents: [root] };
}

/** The service, network, volume, secret, config, model or anchor at a place, and everywhere the file names it. */
export function namedInCompose(file: ComposeFile, offset: number): Named | undefined {
  const named = mentionsIn(file);
  const services = new Set(named.filter(({ kind, write }) => kind === 'service' && write).map(({ name }) => name));
  const mentions = [...named, ...hosts(file).filter(({ name }) => services.has(name)), ...anchors(file)];
  const here = mentions.find(({ span }) => span.start <= offset && offset <= span.end);
  // A service of another file has no place in this one.
  if (!here || here.of !== undefined) return undefined;
  const holders = here.kind === 'anchor' ? reach(mentions, here) : mentions;
  const places = holders
    .filter(({ kind, name, of }) => kind === here.kind && name === here.name && of === undefined)
    .map(({ span, write }) => ({ span, write }));
  return { kind: here.kind, name: here.name, span: here.span, places: places.sort((a, b) => a.span.start - b.span.start) };
}

/** The places of services as hosts, as far as there are services of those names. */
export const hosts = remembered((file: ComposeFile): readonly Mention[] =>
  hostsIn(file).map(({ name, span }) => ({ kind: 'service', name, span, write: false, host: true })),
);

/** Every declaration and every use of a name; what anchors bring into several services is there once, where it is written. */
export const mentionsIn = remembered((file: ComposeFile): readonly Mention[] => {
  const found: Mention[] = [];
  const { text } = file.source;
  const bare = ({ start, end }: Span): Span => (/["']/.test(text[start] ?? '') ? { start: start + 1, end: end - 1 } : { start, end });
  for (const section of sectionNames)
    for (const each of entriesOf(file, section))
      found.push({ kind: sections[section], name: each.key, span: bare(each.keySpan), write: true });
  const use = (kind: SectionKind, node: Node | undefined, name = (text: string): string => text, of?: string): void => {
    if (node?.kind !== 'scalar' || node.value === null) return;
    // What stands for a variable that is not set is a name as any other.
    const filled = node.text.replace(/^\$\{\w+:?-([\w.-]+)\}/, '$1');
    const written = name(filled);
    const span = bare(node.span);
    const before = filled === node.text ? 'service:' : '-';
    const behind = text.slice(span.start, span.end).indexOf(`${before}${written}`);
    const from = span.start + (behind < 0 ? 0 : behind + before.length);
    const start = written ? text.indexOf(written, from) : -1;
    if (start >= span.start && start <= span.end)
      found.push({ kind, name: written, span: { start, end: start + written.length }, write: false, ...(of !== undefined && { of }) });
  };
  const each = (
    kind: SectionKind,
    node: Node | undefined,
    read: (item: Node) => void = (item) => {
      use(kind, item);
    },
  ): void => {
    if (node?.kind === 'list') node.items.forEach(read);
    else if (node?.kind === 'map')
      for (const { key, keySpan } of node.entries) found.push({ kind, name: key, span: bare(keySpan), write: false });
  };
  const granted =
    (kind: SectionKind) =>
    (item: Node): void => {
      use(kind, item.kind === 'map' ? get(item, 'source') : item);
    };
  for (const { value: node } of entriesOf(file, 'services')) {
    each('service', get(node, 'depends_on'));
    each('service', get(node, 'links'), (item) => {
      use('service', item, (written) => written.replace(/:.*/, ''));
    });
    each('service', get(node, 'volumes_from'), (item) => {
      use('service', item, (written) => (written.startsWith('container:') ? '' : written.replace(/:.*/, '')));
    });
    const parent = get(node, 'extends');
    const other = textOf(get(parent, 'file'));
    if (other === undefined) use('service', parent?.kind === 'map' ? get(parent, 'service') : parent);
    else if (!other.includes('$')) use('service', get(parent, 'service'), undefined, join(folderOf(file.source.path), other));
    for (const key of ['network_mode', 'ipc', 'pid'])
      use('service', get(node, key), (written) => (written.startsWith('service:') ? written.slice('service:'.length) : ''));
    const contexts = get(node, 'build', 'additional_contexts');
    for (const item of contexts?.kind === 'map'
      ? contexts.entries.map(({ value }) => value)
      : contexts?.kind === 'list'
        ? contexts.items
        : [])
      use('service', item, (written) => /^(?:[^=]*=)?service:(.+)$/.exec(written)?.[1] ?? '');
    each('network', get(node, 'networks'));
    each('volume', get(node, 'volumes'), (item) => {
      volume(item, use);
    });
    each('secret', get(node, 'secrets'), granted('secret'));
    each('secret', get(node, 'build', 'secrets'), granted('secret'));
    each('config', get(node, 'configs'), granted('config'));
    each('model', get(node, 'models'));
  }
  return file.anchored ? [...new Map(found.map((each) => [`${each.kind} ${String(each.span.start)}`, each])).values()] : found;
});

/** The named volume of a mount; a path is none. */
function volume(item: Node, use: (kind: SectionKind, node: Node | undefined, name?: (text: string) => string) => void): void {
  if (item.kind === 'map') {
    const type = get(item, 'type');
    if (type?.kind !== 'scalar' || type.text === 'volume')
      use('volume', get(item, 'source'), (written) => (/^[./~$]/.test(written) ? '' : written));
    return;
  }
  // While it is typed, a name without its target is one already.
  use('volume', item, (written) => (/^[A-Za-z]:[\\/]/.test(written) ? '' : (/^[A-Za-z0-9][\w.-]*(?=:|$)/.exec(written)?.[0] ?? '')));
}

/** Anchors and the aliases of each, read from the text: an anchor holds until the next one of its name. */
function anchors({ source: { text } }: ComposeFile): readonly Mention[] {
  if (!text.includes('&') && !text.includes('*')) return [];
  return [...text.matchAll(/(?<=^|[\s[{,])([&*])([^\s[\]{},]+)/gm)].flatMap((match) => {
    const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
    if (/(?:^|\s)#/.test(line) || /["'][^"']*$/.test(line) || !/(?:[:-]\s+|^\s*)(?:[^\s:]+:\s+)?(?:\[.*|\{.*)?$/.test(line)) return [];
    const start = match.index + 1;
    return [
      { kind: 'anchor' as const, name: match[2] ?? '', span: { start, end: start + (match[2]?.length ?? 0) }, write: match[1] === '&' },
    ];
  });
}

/** An anchor's own aliases: those up to the next anchor of the same name. */
function reach(mentions: readonly Mention[], here: Mention): readonly Mention[] {
  const same = mentions.filter(({ kind, name }) => kind === 'anchor' && name === here.name);
  const from = same.findLast(({ write, span }) => write && span.start <= here.span.start)?.span.start ?? 0;
  const to = same.find(({ write, span }) => write && span.start > from && span.start > here.span.start)?.span.start ?? Infinity;
  return same.filter(({ span }) => from <= span.start && span.start < to);
}
