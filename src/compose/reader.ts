import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Span } from '../text/text.ts';
import type { Entry, Fault, Node, ScalarNode } from './model.ts';

/** What an anchor stands for: nothing while it is being read, so that an alias inside its own anchor ends. */
export interface Anchor {
  node?: Node;
  /** How many nodes it has, those behind its aliases counted each time. */
  size: number;
}

/** Turns YAML's nodes into ours: aliases followed, merge keys merged. What an anchor stands for is read once and shared. */
export class Reader {
  /** The anchors so far; a later one of the same name takes its place. */
  readonly anchors: Map<string, Anchor>;
  /** Whether two anchors have the same name. */
  renamed = false;
  readonly #complain: (fault: Fault) => void;
  readonly #told = new Set<number>();
  readonly #most: number;
  readonly #offset: number;
  #size = 0;

  /**
   * `length`: how long the text is. Aliases of aliases may not make a hundred times more of it. `offset`: where what is read begins in the
   * file; `anchors`: those from before.
   */
  constructor(length: number, complain: (fault: Fault) => void, offset = 0, anchors: ReadonlyMap<string, Anchor> = new Map()) {
    this.#most = 10_000 + 10 * length;
    this.#complain = complain;
    this.#offset = offset;
    this.anchors = new Map(anchors);
  }

  /** Says a thing once, also when an alias leads here again. */
  #tell(span: Span, message: string, yaml?: string): void {
    if (this.#told.has(span.start)) return;
    this.#told.add(span.start);
    this.#complain({ span, message, ...(yaml === undefined ? {} : { yaml }) });
  }

  #span(range: readonly [number, number, number] | null | undefined, fallback?: Span): Span {
    return range ? { start: range[0] + this.#offset, end: range[1] + this.#offset } : (fallback ?? { start: 0, end: 0 });
  }

  node(value: unknown, at?: Span): Node {
    if (isAlias(value)) {
      const anchor = this.anchors.get(value.source);
      const { node, size } = anchor ?? { size: 0 };
      const span = this.#span(value.range, at);
      if (!anchor) {
        this.#tell(span, `Nothing before this line defines an anchor for «*${value.source}».`, 'BAD_ALIAS');
        return { ...nothing(span), value: '', unknown: true };
      }
      if (!node) return nothing(span);
      if (this.#size + size <= this.#most) {
        this.#size += size;
        return { ...node, alias: span };
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
    this.renamed ||= this.anchors.has(anchor);
    this.anchors.set(anchor, named);
    named.node = this.#plain(value, at);
    named.size = this.#size - before;
    return named.node;
  }

  #plain(value: unknown, at?: Span): Node {
    this.#size++;
    if (isMap(value)) return { kind: 'map', span: this.#span(value.range, at), entries: this.#entries(value.items), ...tagOf(value.tag) };
    if (isSeq(value))
      return {
        kind: 'list',
        span: this.#span(value.range, at),
        items: value.items.map((item) => this.node(item, at)),
        ...tagOf(value.tag),
      };
    if (isScalar(value)) {
      const { value: content, type } = value;
      const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      // Compose's YAML reads 0440 as octal.
      const octal = typeof content === 'number' && /^0[0-7]+$/.test(value.source ?? '') ? parseInt(value.source ?? '', 8) : undefined;
      const grouped = type === 'PLAIN' && typeof content === 'string' && value.tag === undefined ? groupedNumber(content) : undefined;
      const plain = octal ?? grouped ?? (typeof content === 'bigint' ? Number(content) : content);
      const known = typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean' ? plain : null;
      const written = quoted || typeof plain === 'string' ? undefined : value.source;
      return {
        kind: 'scalar',
        span: this.#span(value.range, at),
        value: known,
        text: grouped === undefined ? (written ?? (known === null ? '' : String(known))) : String(grouped),
        quoted,
        ...(!quoted && typeof plain === 'string' && type === 'PLAIN' && isDate(plain) ? { date: true as const } : {}),
        ...tagOf(value.tag),
      };
    }
    return nothing(at ?? { start: 0, end: 0 });
  }

  /** The entries of a mapping: its own, then what `<<` brings. */
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
          else if (part.kind === 'list' || !part.unknown)
            this.#tell(keyNode.span, '«<<» takes over the keys of a mapping, or of several: name an anchor that has one.');
      } else if (keyNode.kind !== 'scalar' || (keyNode.text !== '' && typeof keyNode.value !== 'string'))
        this.#tell(
          keyNode.span,
          keyNode.kind === 'scalar' ? `A key is a text: write "${keyNode.text}" in quotes.` : 'A key is a text, not a list or mapping.',
        );
      else own.push({ key: name, keySpan: keyNode.span, value: read });
    }
    // Without the room that a list is given to grow: there are many mappings.
    if (!merged.length) return own.slice();
    const known = new Set(own.map(({ key }) => key));
    for (const each of merged)
      if (!known.has(each.key)) {
        known.add(each.key);
        own.push({ ...each, merged: true });
      }
    // A key that is reset here and merged in takes the merged value, whatever lies below.
    return own.map((each) => {
      const brought = each.value.tag === '!reset' && !each.merged ? merged.find(({ key }) => key === each.key) : undefined;
      return brought ? { ...each, value: { ...brought.value, tag: '!override' } } : each;
    });
  }
}

/** Compose's YAML reads `1_000` as the number 1000. */
function groupedNumber(text: string): number | undefined {
  if (!/^[-+]?[\d.][\d._eE+-]*$/.test(text) || !text.includes('_')) return undefined;
  const digits = text.replaceAll('_', '');
  if (/^[-+]?0[0-7]+$/.test(digits)) return parseInt(digits, 8);
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

const nothing = (span: Span): ScalarNode => ({ kind: 'scalar', span, value: null, text: '', quoted: false });
const date = /^(\d{4})-(\d\d?)-(\d\d?)(?: +\d\d?:\d\d?:\d\d?(?:\.\d+)?|[Tt]\d\d?:\d\d?:\d\d?(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/;

/** Whether YAML 1.1 reads a bare text as a point in time. */
function isDate(text: string): boolean {
  const [, year, month, day] = date.exec(text) ?? [];
  const read = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return year !== undefined && read.getUTCMonth() === Number(month) - 1 && read.getUTCDate() === Number(day);
}

const tagOf = (tag: string | undefined): { tag?: string } => (tag?.startsWith('!') ? { tag } : {});
