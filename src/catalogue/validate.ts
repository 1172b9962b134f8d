import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/text.ts';
import type { Schema } from './schema.ts';

/** What is wrong with a value, and where. */
export interface Fault {
  readonly span: Span;
  readonly message: string;
  /** What was meant, in place of the span. */
  readonly better?: string;
}

/** Holds a YAML node against a schema: every mistake once, at the smallest place, in words that say what to write. */
export function* validate(node: unknown, schema: Schema, at: Span): Iterable<Fault> {
  const span = spanOf(node) ?? at;
  switch (schema.type) {
    case 'object':
      if (isMap(node)) yield* object(node.items, schema, span);
      else yield { span, message: `Here stands a mapping (${named(schema)}), not ${kindOf(node)}.` };
      return;
    case 'array':
      if (!isSeq(node)) {
        yield { span, message: `Here stands a list, not ${kindOf(node)}: write each entry on a line of its own, after «- ».` };
        return;
      }
      if (node.items.length < (schema.minItems ?? 0) || node.items.length > (schema.maxItems ?? Infinity))
        yield {
          span,
          message: schema.minItems === schema.maxItems ? `Here stand ${schema.minItems ?? 0} values.` : 'This list needs an entry.',
        };
      if (schema.items) for (const item of node.items) yield* validate(item, schema.items, span);
      return;
    default:
      yield* scalar(isScalar(node) ? node.value : node, isScalar(node) ? node.source : undefined, schema, span);
  }
}

function* object(pairs: readonly Pair[], schema: Schema, span: Span): Iterable<Fault> {
  const known = Object.keys(schema.properties ?? {});
  const given = new Set<string>();
  for (const { key, value } of pairs) {
    const name = isScalar(key) ? String(key.value) : '';
    const keySpan = spanOf(key) ?? span;
    given.add(name);
    const own = schema.properties?.[name];
    if (own) yield* validate(value, own, keySpan);
    else if (typeof schema.additionalProperties === 'object') yield* validate(value, schema.additionalProperties, keySpan);
    else if (schema.additionalProperties === false) {
      const meant = nearest(name, known);
      yield {
        span: keySpan,
        message: `There is no «${name}» here${meant === undefined ? `: ${known.join(', ')}` : `. Is «${meant}» meant?`}`,
        ...(meant === undefined ? {} : { better: meant }),
      };
    }
  }
  const head = { start: span.start, end: Math.min(span.end, span.start + 1) };
  const first = spanOf(pairs[0]?.key) ?? head;
  for (const name of schema.required ?? [])
    if (!given.has(name))
      yield { span: first, message: `«${name}» is missing: ${schema.properties?.[name]?.description ?? 'it is needed.'}` };
  const either = schema.anyOf?.flatMap(({ required }) => required) ?? [];
  if (either.length && !either.some((name) => given.has(name)))
    yield { span: first, message: `One of ${either.map((name) => `«${name}»`).join(' and ')} is needed.` };
}

function* scalar(value: unknown, written: string | undefined, schema: Schema, span: Span): Iterable<Fault> {
  const { type, enum: words, pattern, patternErrorMessage, format, minimum, maximum } = schema;
  if (type === 'string') {
    if (typeof value === 'number')
      // 3.10 is the number 3.1 to YAML.
      yield {
        span,
        message: `YAML reads ${written ?? String(value)} as a number: write "${written ?? String(value)}", in quotes.`,
        better: `"${written ?? String(value)}"`,
      };
    else if (typeof value !== 'string') yield { span, message: `Here stands a text, not ${kindOf(value)}.` };
    else if (words && !words.includes(value)) {
      const meant = nearest(value, words);
      yield {
        span,
        message: `«${value}» is none of ${words.join(', ')}.${meant === undefined ? '' : ` Is «${meant}» meant?`}`,
        ...(meant === undefined ? {} : { better: meant }),
      };
    } else if (pattern !== undefined && !new RegExp(pattern).test(value))
      yield { span, message: `«${value}» is not ${patternErrorMessage ?? `of the form ${pattern}`}.` };
    else if (format === 'regex' && !compiles(value)) yield { span, message: `«${value}» is no regular expression that can be read.` };
  } else if (type === 'boolean') {
    if (typeof value !== 'boolean') yield { span, message: `Here stands true or false, not ${kindOf(value)}.` };
  } else if (type === 'number' || type === 'integer') {
    if (typeof value !== 'number' || (type === 'integer' && !Number.isInteger(value)))
      yield { span, message: `Here stands a ${type === 'integer' ? 'whole number' : 'number'}, not ${kindOf(value)}.` };
    else if (value < (minimum ?? -Infinity) || value > (maximum ?? Infinity))
      yield { span, message: `${value} is not between ${minimum ?? 0} and ${maximum ?? 'infinity'}.` };
  }
}

const compiles = (text: string): boolean => {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
};

const spanOf = (node: unknown): Span | undefined => {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
};

const named = ({ properties = {} }: Schema): string => {
  const [a, b] = Object.keys(properties);
  return a === undefined ? 'key: value' : b === undefined ? `${a}: …` : `${a}: …, ${b}: …`;
};

function kindOf(node: unknown): string {
  const value = isScalar(node) ? node.value : node;
  if (isMap(value)) return 'a mapping';
  if (isSeq(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'string'
    ? `the text «${value}»`
    : typeof value === 'boolean' || typeof value === 'number'
      ? String(value)
      : 'this';
}
