import { nearest } from '../../text/nearest.ts';
import type { Edit } from '../../text/text.ts';
import { unsetIn, type Complaint } from '../complaint.ts';
import { alternatives } from '../keys/lookup.ts';
import type { Format, Shape } from '../keys/key.ts';
import type { ListNode, MapNode, Node, ScalarNode } from '../model.ts';
import { called, unknownKey } from './unknownKey.ts';
import { fits, wanted } from './values.ts';

type Plain = Exclude<Shape, { kind: 'either' }>;
type Complain = (complaint: Complaint) => void;
type Of<K extends Plain['kind']> = Extract<Plain, { kind: K }>;

/** Holds a part of the file against what its key takes. */
export function checkShape(node: Node, shape: Shape, name: string, complain: Complain): void {
  if (node.tag === '!reset') return;
  const plain = alternatives(shape);
  switch (node.kind) {
    case 'map': {
      const maps = plain.filter((each) => each.kind === 'map');
      const [only] = maps;
      if (!only) complain(mismatch(node, plain, name));
      else checkMap(node, only, name, complain);
      return;
    }
    case 'list': {
      const [only] = plain.filter((each) => each.kind === 'list');
      if (!only) complain(mismatch(node, plain, name));
      else checkList(node, only, name, complain);
      return;
    }
    case 'scalar':
      if (!node.unknown) checkScalar(node, plain, name, complain);
  }
}

function checkMap(node: MapNode, shape: Of<'map'>, name: string, complain: Complain): void {
  for (const each of node.entries) {
    const { key, keySpan, value } = each;
    const known = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (known) checkShape(value, known.shape, key, complain);
    else if (shape.extensions && key.startsWith('x-')) continue;
    else if (shape.others && (shape.names?.test(key) ?? key !== '')) checkShape(value, shape.others, key, complain);
    else if (typeof shape.open === 'object') checkShape(value, shape.open, key, complain);
    else if (shape.others && shape.names && !shape.open)
      complain({
        kind: 'unknown-key',
        span: keySpan,
        message: `«${key}» is no name for a ${shape.named ?? 'key'}: letters, digits, «_», «.» and «-» only.`,
      });
    else if (!shape.open && value.tag !== '!reset') complain(unknownKey(each, node, shape, name));
  }
  const missing = shape.required?.filter((key) => !node.entries.some((each) => each.key === key)) ?? [];
  if (missing.length && !node.entries.some(({ key }) => key === '<<'))
    complain({
      kind: 'missing-key',
      span: node.entries[0]?.keySpan ?? node.span,
      message: `«${missing.join('» and «')}» ${missing.length > 1 ? 'are' : 'is'} missing here: Compose needs ${missing.length > 1 ? 'them' : 'it'} in ${called(name)}.`,
    });
}

function checkList(node: ListNode, shape: Of<'list'>, name: string, complain: Complain): void {
  for (const item of node.items) {
    // The files that this one includes; what a watch includes is text and nothing else.
    if (name === 'include' && shape.of.kind === 'either' && item.kind === 'scalar' && item.date)
      complain({
        kind: 'type',
        span: item.span,
        ignored: true,
        message: `YAML reads «${item.text}» as a date, and Compose includes nothing for it: put it in quotes.`,
        fix: quoted(item),
      });
    else if (item.kind === 'list' && item.alias && !alternatives(shape.of).some(({ kind }) => kind === 'list'))
      complain({
        kind: 'type',
        span: item.alias,
        anchor: item.span,
        message: `This alias stands for a whole list and is one item of «${name}» here: YAML does not join lists. Write its items out.`,
      });
    else checkShape(item, shape.of, name, complain);
  }
  if (!shape.unique) return;
  const seen = new Set<string>();
  for (const item of node.items) {
    if (item.kind !== 'scalar' || item.unknown) continue;
    const value = `${typeof item.value}:${item.text}`;
    if (seen.has(value))
      complain({
        kind: 'repeated-item',
        span: item.span,
        message: `«${item.text}» is in the list «${name}» already: remove one of the two.`,
      });
    seen.add(value);
  }
}

function checkScalar(node: ScalarNode, shapes: readonly Plain[], name: string, complain: Complain): void {
  const { value, text } = node;
  if (node.date) {
    complain({
      kind: 'type',
      span: node.span,
      message: `YAML reads «${text}» as a date, and Compose refuses it: put it in quotes.`,
      fix: quoted(node),
    });
    return;
  }
  const fit = shapes.filter((shape) => takes(shape, value));
  if (!fit.length) {
    complain(mismatch(node, shapes, name));
    return;
  }
  const amount = Number(text);
  for (const shape of typeof value === 'boolean' ? [] : shapes)
    if (shape.kind === 'integer' || shape.kind === 'number') {
      // A text that variables gave, or quotes made one, is a number by then.
      if (shape.min !== undefined && amount < shape.min)
        complain({ kind: 'value', span: node.span, message: `«${name}» is ${text}: the least is ${String(shape.min)}.` });
      if (shape.max !== undefined && amount > shape.max)
        complain({ kind: 'value', span: node.span, message: `«${name}» is ${text}: the most is ${String(shape.max)}.` });
    }
  if (typeof value !== 'string') return;
  const texts = fit.filter((shape) => shape.kind === 'string');
  if (texts.some(({ values, pattern, format }) => !values && !pattern && !format)) return;
  if (texts.some((shape) => spelt(shape, value))) return;
  const [shape] = texts;
  if (!shape) return;
  // A duration of digits alone has always been taken for seconds where it was read at all.
  const seconds = shape.format === 'duration' && /^\d+$/.test(value) ? `${value}s` : undefined;
  // Kubernetes writes Gi for what Compose calls g.
  const size = shape.format?.startsWith('size') && /^\d[\d.]*[kmgtp]i$/i.test(value) ? value.slice(0, -1).toLowerCase() : undefined;
  const meant = shape.values ? nearest(value, shape.values) : (seconds ?? size);
  const say =
    shape.values?.map((each) => `«${each}»`).join(', ') ?? shape.pattern?.says ?? (shape.format ? wanted(shape.format) : 'something else');
  complain({
    kind: 'value',
    span: node.span,
    ...(shape.format && late.has(shape.format) ? { late: true } : {}),
    message: `${unsetIn(node)}«${name}» takes ${say}, not «${value}».`,
    ...(meant === undefined ? {} : { fix: { title: `Write «${meant}»`, safe: false, edits: [{ span: node.span, text: meant }] } }),
  });
}

/** Numbers and booleans Compose makes of a text at once. */
const late: ReadonlySet<Format> = new Set(['size', 'size or -1', 'duration', 'mode']);

const quoted = ({ span, text }: ScalarNode): NonNullable<Complaint['fix']> => ({
  title: 'Put it in quotes',
  safe: true,
  edits: [{ span, text: `"${text}"` }],
});

function spelt({ values, pattern, format }: Of<'string'>, value: string): boolean {
  if (values) return values.includes(value);
  if (pattern) return pattern.matches.test(value);
  return format === undefined || fits(value, format);
}

function takes(shape: Plain, value: ScalarNode['value']): boolean {
  switch (shape.kind) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'string':
      return typeof value === 'string';
    case 'list':
    case 'map':
      return false;
  }
}

function mismatch(node: Node, shapes: readonly Plain[], name: string): Complaint {
  const found =
    node.kind === 'map'
      ? 'a mapping'
      : node.kind === 'list'
        ? 'a list'
        : node.value === null
          ? 'nothing'
          : typeof node.value === 'string'
            ? `the text «${short(node.text)}»`
            : `«${short(node.text)}»`;
  const wants = [...new Set(shapes.map(noun))];
  const pair = pairIn(node, name);
  if (pair)
    return {
      kind: 'type',
      span: node.span,
      message: `An item of «${name}» is one text, and the blank behind the colon makes a mapping of it: write ${pair.text}.`,
      fix: { title: `Write ${pair.text}`, safe: true, edits: [pair] },
    };
  if (name === 'gpus' && node.kind === 'scalar' && typeof node.value === 'number' && node.value > 0)
    return {
      kind: 'type',
      span: node.span,
      message: `«gpus» takes «all» or a list, not «${node.text}»: a number is a «count».`,
      fix: { title: `Ask for ${node.text}`, safe: true, edits: [{ span: node.span, text: `[{ count: ${node.text} }]` }] },
    };
  // Where no other text in the anchor would do, it is not what was meant here.
  const plain = shapes.some(({ kind }) => kind !== 'list' && kind !== 'map' && kind !== 'null');
  const elsewhere = node.alias && !(node.kind === 'scalar' && plain) ? { span: node.alias, anchor: node.span } : undefined;
  const quote = wants.includes('a text') && node.kind === 'scalar' && (typeof node.value === 'number' || typeof node.value === 'boolean');
  return {
    kind: 'type',
    ...(elsewhere ?? { span: node.span }),
    message: `«${name}» takes ${wants.join(' or ')}, not ${found}.${quote ? ` Put it in quotes: "${node.text}".` : ''}`,
    ...(quote ? { fix: quoted(node) } : {}),
  };
}

/** `- NAME: value` in a list of `NAME=value`, as the item that was meant. */
function pairIn(node: Node, name: string): Edit | undefined {
  const [only, ...more] = node.kind === 'map' && node.tag === undefined && !node.alias ? node.entries : [];
  if (!only || more.length || only.merged || !['environment', 'labels', 'args', 'annotations', 'sysctls'].includes(name)) return undefined;
  const { key, keySpan, value } = only;
  if (value.kind !== 'scalar' || value.unknown || !/^[\w.-]+$/.test(key) || !/^[\w./:@+-]*$/.test(value.text)) return undefined;
  if (value.value === null || value.span.start < keySpan.start) return undefined;
  // With braces or without.
  const whole = node.span.start < keySpan.start;
  return { span: whole ? node.span : { start: keySpan.start, end: value.span.end }, text: `${key}=${value.text}` };
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

function noun(shape: Plain): string {
  switch (shape.kind) {
    case 'null':
      return 'nothing';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'string':
      if (shape.values) return shape.values.map((value) => `«${value}»`).join(' or ');
      return shape.format ? wanted(shape.format) : 'a text';
    case 'list':
      return 'a list';
    case 'map':
      return 'a mapping';
  }
}
