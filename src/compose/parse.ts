import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document } from 'yaml';
import { source, type Span } from '../text/text.ts';
import type { ComposeFile, Entry, Fault, MapNode, Node, ScalarNode, Service } from './model.ts';
import { yamlFaults } from './yamlFaults.ts';

/** Reads a Compose file. Never throws: whatever cannot be understood is a fault, and the rest is still there. */
export function parseCompose(path: string, text: string): ComposeFile {
  const file = source(path, text);
  const parsed = parseAllDocuments(text, { prettyErrors: false, keepSourceTokens: true, logLevel: 'silent', stringKeys: false });
  const yaml: readonly Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
  const [first] = yaml;
  const faults: Fault[] = yamlFaults(
    file,
    yaml.flatMap(({ errors }) => errors),
  );
  const complain = (fault: Fault): void => {
    faults.push(fault);
  };
  const node = first?.contents ? new Reader(text.length, complain).node(first.contents) : undefined;
  const root = node?.kind === 'map' ? node : undefined;
  if (node && !root && !(node.kind === 'scalar' && node.value === null) && !faults.length)
    faults.push({ span: node.span, message: 'A Compose file is a mapping with keys such as «services:» at the top.' });
  if (!root && !faults.length)
    faults.push({ span: { start: 0, end: 0 }, message: 'The Compose file is empty: it needs at least «services:».' });
  const later = yaml.slice(1).flatMap((document) => {
    const read = document.contents ? new Reader(text.length, complain).node(document.contents) : undefined;
    return read?.kind === 'map' ? [read] : [];
  });
  const documents = [...(root ? [root] : []), ...later];
  return { language: 'compose', source: file, yaml, ...(root ? { root } : {}), documents, services: servicesOf(root), faults };
}

function servicesOf(root: MapNode | undefined): Service[] {
  const services = root?.entries.find(({ key }) => key === 'services')?.value;
  if (services?.kind !== 'map') return [];
  return services.entries.map(({ key, keySpan, value }) => ({
    name: key,
    nameSpan: keySpan,
    span: { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) },
    node: value.kind === 'map' ? value : { kind: 'map', span: value.span, entries: [] },
  }));
}

/** What an anchor stands for: nothing while it is being read, so that an alias inside its own anchor ends. */
interface Anchor {
  node?: Node;
  /** How many nodes it has, those behind its aliases counted each time. */
  size: number;
}

/** Turns YAML's nodes into ours: aliases followed, merge keys merged. What an anchor stands for is read once and shared. */
class Reader {
  readonly #complain: (fault: Fault) => void;
  readonly #anchors = new Map<string, Anchor>();
  readonly #told = new Set<number>();
  readonly #most: number;
  #size = 0;

  /** `length`: how long the text is. Aliases of aliases may not make a hundred times more of it. */
  constructor(length: number, complain: (fault: Fault) => void) {
    this.#most = 10_000 + 10 * length;
    this.#complain = complain;
  }

  /** Says a thing once, also when an alias leads here again. */
  #tell(span: Span, message: string): void {
    if (this.#told.has(span.start)) return;
    this.#told.add(span.start);
    this.#complain({ span, message });
  }

  node(value: unknown, at?: Span): Node {
    if (isAlias(value)) {
      const { node, size } = this.#anchors.get(value.source) ?? { size: 0 };
      const span = spanOf(value.range, at);
      if (!node) return nothing(span);
      if (this.#size + size <= this.#most) {
        this.#size += size;
        return node;
      }
      this.#tell(
        span,
        `The aliases before «*${value.source}» stand for too much already: Compose refuses a file that unfolds without end.`,
      );
      return nothing(span);
    }
    const anchor = isMap(value) || isSeq(value) || isScalar(value) ? value.anchor : undefined;
    if (anchor === undefined) return this.#plain(value, at);
    const named: Anchor = { size: 0 };
    const before = this.#size;
    this.#anchors.set(anchor, named);
    named.node = this.#plain(value, at);
    named.size = this.#size - before;
    return named.node;
  }

  #plain(value: unknown, at?: Span): Node {
    this.#size++;
    if (isMap(value)) return { kind: 'map', span: spanOf(value.range, at), entries: this.#entries(value.items), ...tagOf(value.tag) };
    if (isSeq(value))
      return { kind: 'list', span: spanOf(value.range, at), items: value.items.map((item) => this.node(item, at)), ...tagOf(value.tag) };
    if (isScalar(value)) {
      const { value: content, type } = value;
      const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      // Compose's YAML reads 0440 as octal.
      const octal = typeof content === 'number' && /^0[0-7]+$/.test(value.source ?? '') ? parseInt(value.source ?? '', 8) : undefined;
      const plain = octal ?? (typeof content === 'bigint' ? Number(content) : content);
      const known = typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean' ? plain : null;
      const written = quoted || typeof plain === 'string' ? undefined : value.source;
      return {
        kind: 'scalar',
        span: spanOf(value.range, at),
        value: known,
        text: written ?? (known === null ? '' : String(known)),
        quoted,
        ...tagOf(value.tag),
      };
    }
    return nothing(at ?? { start: 0, end: 0 });
  }

  #entries(items: readonly { readonly key: unknown; readonly value: unknown }[]): Entry[] {
    const own: Entry[] = [];
    const merged: Entry[] = [];
    for (const { key, value } of items) {
      const keyNode = this.node(key);
      const name = keyNode.kind === 'scalar' ? keyNode.text : '';
      const after = { start: keyNode.span.end, end: keyNode.span.end };
      const read = this.node(value, after);
      if (name === '<<' && keyNode.kind === 'scalar' && !keyNode.quoted) {
        for (const part of read.kind === 'list' ? read.items : [read])
          if (part.kind === 'map') merged.push(...part.entries);
          else this.#tell(keyNode.span, '«<<» takes over the keys of a mapping, or of several: name an anchor that has one.');
      } else if (keyNode.kind !== 'scalar' || (keyNode.value !== null && typeof keyNode.value !== 'string'))
        this.#tell(
          keyNode.span,
          keyNode.kind === 'scalar' ? `A key is a text: write "${keyNode.text}" in quotes.` : 'A key is a text, not a list or mapping.',
        );
      else own.push({ key: name, keySpan: keyNode.span, value: read });
    }
    if (!merged.length) return own;
    const known = new Set(own.map(({ key }) => key));
    for (const each of merged)
      if (!known.has(each.key)) {
        known.add(each.key);
        own.push({ ...each, merged: true });
      }
    return own;
  }
}

const nothing = (span: Span): ScalarNode => ({ kind: 'scalar', span, value: null, text: '', quoted: false });
const tagOf = (tag: string | undefined): { tag?: string } => (tag?.startsWith('!') ? { tag } : {});
const spanOf = (range: readonly [number, number, number] | null | undefined, fallback?: Span): Span =>
  range ? { start: range[0], end: range[1] } : (fallback ?? { start: 0, end: 0 });
