import { mountOf } from '../short/mount.ts';
import { portsOf } from '../short/port.ts';
import { join } from '../../text/paths.ts';
import { change, flagOf, isMap, listOf, numberOf, pairsOf, sizeOf, textOf, unlessZero, type Plain, type PlainMap } from './values.ts';

/** Every port in the long form, ranges spread out. */
export function longPorts(value: Plain): Plain {
  const ports = new Map<string, Plain>();
  for (const port of listOf(value).flatMap(spread)) {
    const { host_ip: ip, published, target, protocol } = isMap(port) ? port : {};
    // Of the same port in two forms, the later one stays.
    ports.set(isMap(port) ? JSON.stringify([ip ?? '0.0.0.0', published, target, protocol]) : textOf(port), port);
  }
  return [...ports.values()];
}

function spread(item: Plain): Plain[] {
  if (isMap(item)) {
    const port = change(change(item, 'target', numberOf), 'published', (published) => textOf(published) || undefined);
    return [{ ...port, mode: item['mode'] ?? 'ingress', protocol: item['protocol'] ?? 'tcp' }];
  }
  const read = portsOf(textOf(item));
  if (!read.ok) return [item];
  return read.ports.map(({ target, published, hostIp, protocol }) => ({
    mode: 'ingress',
    ...(hostIp === '' ? {} : { host_ip: hostIp }),
    target,
    ...(published === '' ? {} : { published }),
    protocol,
  }));
}

/** Every mount in the long form. */
export function longMounts(value: Plain, absolute: (path: string) => string): Plain {
  return listOf(value).map((item): Plain => {
    if (isMap(item)) {
      const type = textOf(item['type']);
      let mount = change(change(item, 'read_only', flagOf), 'target', (target) => tidied(textOf(target)));
      if (type === 'bind') {
        mount = change(mount, 'source', (source) => absolute(textOf(source)));
        mount = change(mount, 'bind', (bind) =>
          isMap(bind) ? change(bind, 'create_host_path', (create) => (flagOf(create) === true ? true : undefined)) : bind,
        );
      }
      if (textOf(mount['source']) === '' && type !== 'bind') mount = change(mount, 'source', () => undefined);
      mount = change(mount, 'volume', (volume) =>
        isMap(volume)
          ? change(
              change(volume, 'nocopy', (nocopy) => (flagOf(nocopy) === true ? true : undefined)),
              'labels',
              (labels) => pairsOf(labels, ''),
            )
          : volume,
      );
      return change(mount, 'tmpfs', (tmpfs) => (isMap(tmpfs) ? change(tmpfs, 'size', (size) => unlessZero(sizeOf(size))) : tmpfs));
    }
    const read = mountOf(textOf(item));
    if (!read.ok) return item;
    const { type, source, target, readOnly, options } = read.mount;
    const selinux = options.find((option) => option === 'z' || option === 'Z');
    const propagation = options.find((option) => /^r?(?:shared|private|slave)$/.test(option));
    const nocopy = options.includes('nocopy') ? { nocopy: true } : {};
    const inner: PlainMap =
      type === 'volume'
        ? // Of one or two characters Compose says no more.
          textOf(item).length > 2
          ? { volume: nocopy }
          : {}
        : {
            bind: {
              ...(selinux === undefined ? {} : { selinux }),
              ...(propagation === undefined ? {} : { propagation }),
              create_host_path: true,
            },
            ...(options.includes('nocopy') ? { volume: nocopy } : {}),
          };
    return {
      type,
      ...(source === undefined ? {} : { source: type === 'bind' ? absolute(source) : source }),
      target: tidied(target),
      ...(readOnly ? { read_only: true } : {}),
      ...inner,
    };
  });
}

const tidied = (target: string): string => (target.startsWith('/') ? join('', target) : target || '.');

/** Every device in the long form. */
export function longDevices(value: Plain): Plain {
  return listOf(value).map((item): Plain => {
    if (isMap(item)) return item;
    const [source = '', target = source, permissions = 'rwm'] = textOf(item).split(':');
    return { source, target, permissions };
  });
}
