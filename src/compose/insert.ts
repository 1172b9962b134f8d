import { remembered } from '../text/remembered.ts';
import { type Edit, lineAt, lineBreak, lineSpan, type Source, textBefore } from '../text/text.ts';
import { entry, get, type ListNode, type MapNode, type Node } from './model.ts';
import { stepOf } from './step.ts';

/** Keys and values as nested data, to be written as YAML. */
export type Yaml = string | readonly string[] | { readonly [key: string]: Yaml };

const quoted = (text: string): string => JSON.stringify(text);
/** Whether YAML reads the text as itself (or as the number it is). */
const isPlain = (text: string): boolean =>
  /^[\w/][\w./$:{}@-]*$/.test(text) && !/:$|^\d+(?::\d+)+$|^0\d/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
const plain = (text: string): string => (isPlain(text) ? text : quoted(text));

/** The lines of a key and its value, without indentation of their own. */
function linesOf(key: string, value: Yaml, step: number): string[] {
  if (typeof value === 'string') return [`${key}: ${plain(value)}`];
  if (Array.isArray(value)) return [`${key}: [${(value as readonly string[]).map(quoted).join(', ')}]`];
  return [
    `${key}:`,
    ...Object.entries(value).flatMap(([name, inner]) => linesOf(name, inner, step).map((line) => ' '.repeat(step) + line)),
  ];
}

/** Adds a key to a mapping, after `image`, `build` or another one-line neighbour where there is one. Undefined where the mapping is empty or an anchor's. */
export function addKey(
  file: Source,
  map: MapNode,
  key: string,
  value: Yaml,
  after: readonly string[] = ['image', 'build'],
): Edit | undefined {
  const own = map.entries.filter(({ merged }) => !merged);
  const [first] = own;
  if (!first) return undefined;
  const lines = linesOf(key, value, stepOf(file));
  if (file.text[map.span.start] === '{') {
    if (lines.length > 1) return undefined;
    return { span: { start: first.keySpan.start, end: first.keySpan.start }, text: `${lines.join('')}, ` };
  }
  const neighbour = own.find(
    (each) =>
      after.includes(each.key) && each.value.kind === 'scalar' && each.value.text !== '' && each.value.span.start >= each.keySpan.end,
  );
  const indent = textBefore(file, first.keySpan.start);
  const column = indent.replace(/[^ ]/g, ' ');
  const newline = lineBreak(file);
  if (neighbour && lineAt(file, neighbour.keySpan.start) === lineAt(file, neighbour.value.span.end)) {
    const end = lineSpan(file, lineAt(file, neighbour.value.span.end)).end;
    return { span: { start: end, end }, text: lines.map((line) => `${newline}${column}${line}`).join('') };
  }
  const at = first.keySpan.start;
  return { span: { start: at, end: at }, text: lines.map((line) => `${line}${newline}${column}`).join('') };
}

/** Adds a variable to a service's environment, in the form the service has. */
export function addVariable(file: Source, service: MapNode, name: string, value: string): Edit | undefined {
  const environment = entry(service, 'environment');
  if (!environment || environment.merged) return addKey(file, service, 'environment', { [name]: value });
  const { value: node } = environment;
  if (node.kind === 'map') return addKey(file, node, name, value, []);
  if (node.kind !== 'list') return undefined;
  const [first] = node.items;
  if (!first) return undefined;
  const line = lineSpan(file, lineAt(file, first.span.start));
  const dash = /^(\s*)- /.exec(file.text.slice(line.start, line.end));
  if (!dash || file.text[node.span.start] === '[') return undefined;
  return { span: { start: line.start, end: line.start }, text: `${dash[1] ?? ''}- ${name}=${value}${lineBreak(file)}` };
}

/** Adds an item at the end of a list of short texts, in the form the list has. Undefined where the list is empty or has another shape. */
export function addItem(file: Source, list: ListNode, value: string): Edit | undefined {
  const [last] = list.items.slice(-1);
  if (last?.kind !== 'scalar') return undefined;
  if (file.text[list.span.start] === '[') return { span: { start: last.span.end, end: last.span.end }, text: `, ${plain(value)}` };
  const line = lineSpan(file, lineAt(file, last.span.start));
  const dash = /^(\s*)- /.exec(file.text.slice(line.start, line.end));
  if (!dash || lineAt(file, last.span.start) !== lineAt(file, last.span.end)) return undefined;
  return { span: { start: line.end, end: line.end }, text: `${lineBreak(file)}${dash[1] ?? ''}- ${plain(value)}` };
}

/** Takes an item out of a list, in the form the list has. Undefined where it is the only one, or shares its lines with others. */
export function removeItem(file: Source, list: ListNode, item: Node): Edit | undefined {
  const at = list.items.indexOf(item);
  const [before, next] = [list.items[at - 1], list.items[at + 1]];
  if (at < 0 || (!before && !next)) return undefined;
  if (file.text[list.span.start] === '[')
    return next
      ? { span: { start: item.span.start, end: next.span.start }, text: '' }
      : { span: { start: before?.span.end ?? item.span.start, end: item.span.end }, text: '' };
  const from = lineAt(file, item.span.start);
  const to = lineAt(file, Math.max(item.span.start, item.span.end - 1));
  const { start } = lineSpan(file, from);
  if (!/^\s*-\s+$/.test(file.text.slice(start, item.span.start))) return undefined;
  return { span: { start, end: file.lineStarts[to + 1] ?? file.text.length }, text: '' };
}

/** Takes an entry and its line out of a block mapping, or out of `{ a: 1, b: 2 }`. */
export function removeKey(file: Source, map: MapNode, key: string): Edit | undefined {
  const own = map.entries.filter(({ merged }) => !merged);
  const at = own.findIndex((each) => each.key === key);
  const found = own[at];
  if (!found) return undefined;
  const end = Math.max(found.keySpan.end, found.value.span.end);
  if (file.text[map.span.start] === '{') {
    const next = own[at + 1];
    const before = own[at - 1];
    if (next) return { span: { start: found.keySpan.start, end: next.keySpan.start }, text: '' };
    return { span: { start: before ? before.value.span.end : found.keySpan.start, end }, text: '' };
  }
  const from = lineAt(file, found.keySpan.start);
  const to = lineAt(file, Math.max(found.keySpan.start, end - 1));
  const start = lineSpan(file, from).start;
  const lead = file.text.slice(start, found.keySpan.start);
  const stop = file.lineStarts[to + 1] ?? file.text.length;
  if (!/^\s*$/.test(lead)) {
    // `- count: 1`: the next key moves up behind the dash.
    const next = own[at + 1];
    return next ? { span: { start: found.keySpan.start, end: next.keySpan.start }, text: '' } : undefined;
  }
  return { span: { start, end: stop }, text: '' };
}

/** A variable of a service's environment. */
interface Variable {
  readonly value: string | undefined;
  readonly node: Node;
}

/** The environment of a service by name, whichever form it has. `undefined` values are taken from the shell that runs Compose. */
export const environmentOf = remembered((service: MapNode): ReadonlyMap<string, Variable> => {
  const variables = new Map<string, Variable>();
  const environment = get(service, 'environment');
  if (environment?.kind === 'map')
    for (const { key, value } of environment.entries)
      variables.set(key, { value: value.kind === 'scalar' && value.value !== null ? value.text : undefined, node: value });
  else if (environment?.kind === 'list')
    for (const item of environment.items) {
      if (item.kind !== 'scalar') continue;
      const equals = item.text.indexOf('=');
      variables.set(equals < 0 ? item.text : item.text.slice(0, equals), {
        value: equals < 0 ? undefined : item.text.slice(equals + 1),
        node: item,
      });
    }
  return variables;
});
