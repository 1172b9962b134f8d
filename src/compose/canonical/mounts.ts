import { mountOf } from '../short/mount.ts';
import { portsOf } from '../short/port.ts';
import { joinPath } from '../paths.ts';
import { change, flagOf, isMap, listOf, numberOf, sizeOf, textOf, type Plain, type PlainMap } from './values.ts';

/** Every port in the long form, ranges spread out. */
export function longPorts(value: Plain): Plain {
  return listOf(value).flatMap((item): Plain[] => {
    if (isMap(item)) {
      const port = change(change(item, 'target', numberOf), 'published', textOf);
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
  });
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
          isMap(bind) ? change({ create_host_path: true, ...bind }, 'create_host_path', flagOf) : bind,
        );
      }
      if (type === 'volume') mount = { volume: {}, ...mount };
      return change(mount, 'tmpfs', (tmpfs) => (isMap(tmpfs) ? change(tmpfs, 'size', sizeOf) : tmpfs));
    }
    const read = mountOf(textOf(item));
    if (!read.ok) return item;
    const { type, source, target, readOnly, options } = read.mount;
    const selinux = options.find((option) => option === 'z' || option === 'Z');
    const propagation = options.find((option) => /^r?(?:shared|private|slave)$/.test(option));
    const inner: PlainMap =
      type === 'volume'
        ? { volume: options.includes('nocopy') ? { nocopy: true } : {} }
        : {
            bind: {
              ...(selinux === undefined ? {} : { selinux }),
              ...(propagation === undefined ? {} : { propagation }),
              create_host_path: true,
            },
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

const tidied = (target: string): string => (target.startsWith('/') ? joinPath('', target) : target);

/** Every device in the long form. */
export function longDevices(value: Plain): Plain {
  return listOf(value).map((item): Plain => {
    if (isMap(item)) return item;
    const [source = '', target = source, permissions = 'rwm'] = textOf(item).split(':');
    return { source, target, permissions };
  });
}
