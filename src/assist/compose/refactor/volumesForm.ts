import { get, text, type ComposeFile, type MapNode, type Node } from '../../../compose/model.ts';
import { mountOf } from '../../../compose/short/mount.ts';
import type { Refactoring } from '../../model.ts';
import { isShared, scalar } from './layout.ts';
import { form } from './portsForm.ts';
import type { Step } from './trail.ts';

/** A mount in the short form ↔ in the long form: the one at the cursor, or all at the key. */
export function volumesForm(file: ComposeFile, trail: readonly Step[]): readonly Refactoring[] {
  const at = trail.findIndex(({ kind, path }) => kind === 'entry' && path.length === 3 && path[0] === 'services' && path[2] === 'volumes');
  const step = trail[at];
  if (step?.kind !== 'entry' || step.entry.value.kind !== 'list' || isShared(file.source, step.entry)) return [];
  const below = trail[at + 1];
  const chosen = below?.kind === 'item' ? [below.item] : step.entry.value.items;
  const what = chosen.length === 1 ? 'the mount' : 'the mounts';
  return [
    ...form(file, step.entry, chosen, longMount, `Write ${what} in the long form`),
    ...form(
      file,
      step.entry,
      chosen,
      shortMount,
      `Write ${what} in the short form${chosen.some(isStrict) ? ', which makes missing folders' : ''}`,
    ),
  ];
}

function longMount(item: Node, flow: boolean): readonly string[] | undefined {
  if (item.kind !== 'scalar') return undefined;
  // A colon inside `${NAME:-./data}` separates nothing.
  const variables: string[] = [];
  const masked = item.text.replace(/\$\{[^{}]*\}|\$\w+/g, (found) => `\u0001${variables.push(found) - 1}\u0002`);
  const filled = (value: string): string => value.replace(/\u0001(\d+)\u0002/g, (_, index: string) => variables[Number(index)] ?? '');
  const read = mountOf(masked);
  if (!read.ok) return undefined;
  const { source, target, readOnly, options } = read.mount;
  const from = source === undefined ? undefined : filled(source);
  const type = from?.startsWith('$') ? typeOf(from) : read.mount.type;
  // A variable alone may hold source and target.
  if (source === undefined && variables.length) return undefined;
  if (type === undefined || from?.startsWith('\\\\.\\pipe')) return undefined;
  const selinux = options.find((option) => option === 'z' || option === 'Z');
  const propagation = options.find((option) => /^r?(?:shared|private|slave)$/.test(option));
  const nocopy = options.includes('nocopy');
  if (options.some((option) => !['ro', 'rw', selinux, propagation, 'nocopy'].includes(option))) return undefined;
  if ((nocopy && type !== 'volume') || ((selinux ?? propagation) !== undefined && type !== 'bind')) return undefined;
  return [
    `type: ${type}`,
    ...(from === undefined ? [] : [`source: ${scalar(from, { flow })}`]),
    `target: ${scalar(filled(target), { flow })}`,
    ...(readOnly ? ['read_only: true'] : []),
    ...(nocopy ? ['volume:', '  nocopy: true'] : []),
    // The short form makes a folder that is missing; the long form does so only when it is told.
    ...(type === 'bind' ? ['bind:', '  create_host_path: true'] : []),
    ...(selinux === undefined ? [] : [`  selinux: ${selinux}`]),
    ...(propagation === undefined ? [] : [`  propagation: ${propagation}`]),
  ];
}

/** What a source is that a variable gives, when its default tells. */
const typeOf = (source: string): 'bind' | undefined =>
  /^\$\{\w+:?-[./~]/.test(source) || /^\$(?:\{(?:PWD|HOME)\}|PWD|HOME)/.test(source) ? 'bind' : undefined;

function shortMount(item: Node): readonly string[] | undefined {
  if (
    item.kind !== 'map' ||
    item.entries.some(({ key, merged }) => merged === true || !['type', 'source', 'target', 'read_only', 'bind', 'volume'].includes(key))
  )
    return undefined;
  const type = text(get(item, 'type'));
  const target = text(get(item, 'target'));
  const source = text(get(item, 'source'));
  if (target === undefined || (type !== 'bind' && type !== 'volume') || (type === 'bind' && source === undefined)) return undefined;
  const more = optionsOf(item);
  const readOnly = text(get(item, 'read_only'));
  if (!more || (readOnly !== undefined && readOnly !== 'true' && readOnly !== 'false')) return undefined;
  const options = [...(readOnly === 'true' ? ['ro'] : []), ...more].join(',');
  const from = source !== undefined && type === 'bind' && !/^[./~$\\]|^[A-Za-z]:[\\/]/.test(source) ? `./${source}` : source;
  // One letter before a colon is a drive of Windows.
  if ((from === undefined && options) || /^[A-Za-z]$/.test(from ?? '')) return undefined;
  return [scalar([...(from === undefined ? [] : [from]), target, ...(options ? [options] : [])].join(':'))];
}

/** A bind that does not make its folder on the host. */
const isStrict = (item: Node): boolean => text(get(item, 'type')) === 'bind' && !get(item, 'bind');

/** What the short form says of `bind` and `volume`; undefined when it cannot say it all. */
function optionsOf(item: MapNode): readonly string[] | undefined {
  const bind = get(item, 'bind');
  const volume = get(item, 'volume');
  const said: string[] = [];
  for (const { key, value } of [...(bind?.kind === 'map' ? bind.entries : []), ...(volume?.kind === 'map' ? volume.entries : [])]) {
    const written = text(value) ?? '';
    if (key === 'selinux' || key === 'propagation') said.push(written);
    else if (key === 'nocopy' && written === 'true') said.push('nocopy');
    else if (!(key === 'create_host_path' && written === 'true') && !(key === 'nocopy' && written === 'false')) return undefined;
  }
  return said;
}
