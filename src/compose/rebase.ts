import { get, text, type MapNode, type Node } from './model.ts';
import { join } from '../text/paths.ts';

/** How to come from one folder to another: `../b` from `a` to `b`. */
export function wayTo(from: string, to: string): string {
  const a = from.split('/').filter(Boolean);
  const b = to.split('/').filter(Boolean);
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/');
}

const remote = /^(?:[a-z][a-z0-9+-]*:\/\/|git@|github\.com\/|service:|~|[a-z]:[\\/])/i;
const asIs = (path: string): boolean => path === '' || path.startsWith('/') || remote.test(path);

/**
 * A service of a file in another folder, its relative paths written as from the project's folder. A build that names no folder has
 * the one of its file where it is included, and the project's where it is extended.
 */
export function rebaseService(service: Node, way: string, taken: 'included' | 'extended'): Node {
  if (way === '' || service.kind !== 'map') return service;
  const place = (path: string): string => (asIs(path) ? path : `./${join(way, path)}`);
  const path = (node: Node): Node => changed(node, place);
  const mount = (node: Node): Node => {
    if (node.kind === 'scalar') return changed(node, (text) => text.replace(/^\.[^:]*/, place));
    const bind = get(node, 'type');
    return bind?.kind === 'scalar' && bind.text === 'bind' ? within(node, 'source', path) : node;
  };
  const named = (node: Node): Node =>
    node.kind === 'map'
      ? { ...node, entries: node.entries.map((entry) => ({ ...entry, value: path(entry.value) })) }
      : each(node, (item) => changed(item, (text) => text.replace(/=([^]*)$/, (_, at: string) => `=${place(at)}`)));
  const build = (node: Node): Node => {
    if (node.kind === 'scalar') return path(node);
    const placed = within(taken === 'included' ? withDefaultContext(node) : node, 'context', path);
    return within(within(placed, 'additional_contexts', named), 'ssh', named);
  };
  // Compose has it absolute by now, so that it is another item than a relative path to the same file.
  const other = (node: Node): Node => changed(node, (text) => (asIs(text) ? text : `./${place(text)}`));
  const file = (node: Node): Node => (node.kind === 'map' ? within(node, 'path', other) : other(node));
  let result: Node = within(service, 'build', build);
  result = within(result, 'volumes', (node) => each(node, mount));
  for (const key of ['env_file', 'label_file'])
    result = within(result, key, (node) => (node.kind === 'list' ? each(node, file) : file(node)));
  return within(result, 'develop', (develop) => within(develop, 'watch', (node) => each(node, (item) => within(item, 'path', path))));
}

/** All of a file in another folder that has paths. */
export function rebaseRoot(root: MapNode, way: string): MapNode {
  if (way === '') return root;
  const place = (node: Node): Node => changed(node, (text) => (asIs(text) ? text : `./${join(way, text)}`));
  const entries = root.entries.map((section) => {
    const { key, value } = section;
    if (value.kind !== 'map') return section;
    const by =
      key === 'services'
        ? (node: Node) => rebaseService(node, way, 'included')
        : key === 'volumes'
          ? (node: Node) => (isBind(node) ? within(node, 'driver_opts', (options) => within(options, 'device', place)) : node)
          : (node: Node) => within(node, 'file', place);
    if (!['services', 'secrets', 'configs', 'volumes'].includes(key)) return section;
    return { ...section, value: { ...value, entries: value.entries.map((one) => ({ ...one, value: by(one.value) })) } };
  });
  return { ...root, entries };
}

/** Whether a volume is a folder that the local driver binds. */
const isBind = (volume: Node): boolean => text(get(volume, 'driver')) === 'local' && text(get(volume, 'driver_opts', 'o')) === 'bind';

const changed = (node: Node, by: (text: string) => string): Node => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const text = by(node.value);
  return { ...node, value: text, text };
};
const each = (node: Node, by: (item: Node) => Node): Node => (node.kind === 'list' ? { ...node, items: node.items.map(by) } : node);
const within = (node: Node, key: string, by: (value: Node) => Node): Node =>
  node.kind === 'map'
    ? { ...node, entries: node.entries.map((entry) => (entry.key === key ? { ...entry, value: by(entry.value) } : entry)) }
    : node;
const withDefaultContext = (node: Node): Node =>
  node.kind === 'map' && !get(node, 'context') && node.entries.length
    ? {
        ...node,
        entries: [
          ...node.entries,
          { key: 'context', keySpan: node.span, value: { kind: 'scalar', span: node.span, value: '.', text: '.', quoted: false } },
        ],
      }
    : node;
