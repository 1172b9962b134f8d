import { entry, get, items, text, type MapNode, type Node } from '../../compose/model.ts';
import { mountOf } from '../../compose/short/mount.ts';
import { portsOf, portText, type Port } from '../../compose/short/port.ts';
import { remembered } from '../../text/remembered.ts';

/** `${NAME:-default}` as its default; undefined while a variable is left. */
export function settled(written: string): string | undefined {
  const filled = written.replace(/\$\{[A-Za-z_]\w*:?-([^{}$]*)\}/g, '$1');
  return filled.includes('$') ? undefined : filled;
}

/** A port of `ports`, with the item it stands in. */
export interface PublishedPort extends Port {
  readonly node: Node;
}

/** The ports of a service, in either form; those with open variables are left out. */
export const publishedPorts = remembered((service: MapNode): readonly PublishedPort[] =>
  items(get(service, 'ports')).flatMap((node): readonly PublishedPort[] => {
    if (node.kind === 'map') {
      const target = settled(text(get(node, 'target')) ?? '') ?? '';
      const published = settled(text(get(node, 'published')) ?? '');
      if (!/^\d+$/.test(target) || published === undefined) return [];
      return [
        {
          node,
          target: Number(target),
          published,
          hostIp: text(get(node, 'host_ip')) ?? '',
          protocol: text(get(node, 'protocol')) ?? 'tcp',
        },
      ];
    }
    const written = settled(node.kind === 'scalar' && node.value !== null ? portText(node) : '$');
    const read = written === undefined ? undefined : portsOf(written);
    return read?.ok ? read.ports.map((port) => ({ ...port, node })) : [];
  }),
);

/** Whether a port is open to every machine that can reach this one. */
export const isPublic = ({ hostIp, published }: Port): boolean =>
  published !== '' && (hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::');

/** A mount of a service, in either form. */
export interface ServiceMount {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly node: Node;
}

/** The mounts of a service; those whose target has an open variable are left out. `${PWD}/data` is a folder: no volume has a slash in its name. */
export const serviceMounts = remembered((service: MapNode): readonly ServiceMount[] =>
  items(get(service, 'volumes')).flatMap((node): readonly ServiceMount[] => {
    if (node.kind === 'map') {
      const target = settled(text(get(node, 'target')) ?? '$');
      if (target === undefined) return [];
      const source = text(get(node, 'source')) ?? '';
      return [{ type: text(get(node, 'type')) ?? 'volume', source, target, readOnly: text(get(node, 'read_only')) === 'true', node }];
    }
    const written = text(node);
    if (written === undefined) return [];
    const read = mountOf(written.replace(/\$\{[A-Za-z_]\w*:?-([^{}$]*)\}/g, '$1').replace(/\$\{[^}]*\}/g, '$'));
    return read.ok && !read.mount.target.includes('$')
      ? [
          {
            type: read.mount.source?.includes('/') ? 'bind' : read.mount.type,
            source: read.mount.source ?? '',
            target: read.mount.target,
            readOnly: read.mount.readOnly,
            node,
          },
        ]
      : [];
  }),
);

/** Whether a service takes settings from elsewhere, so that what is not written here may still be set. */
export const inherits = (service: MapNode): boolean => entry(service, 'extends') !== undefined;

/** Whether a path is inside a folder, or the folder. */
export const within = (path: string, folder: string): boolean => {
  const base = folder.replace(/\/+$/, '');
  return path.replace(/\/+$/, '') === base || path.startsWith(`${base}/`);
};
