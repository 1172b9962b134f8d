import { get, text, type Node } from '../../compose/model.ts';
import { portsOf, portText } from '../../compose/short/port.ts';

/** Ports on which databases, queues and the like answer: no page opens there. */
const noPages = new Set([
  22, 25, 53, 1433, 1521, 2181, 2379, 3306, 4317, 5432, 5672, 6379, 6380, 6334, 7687, 8125, 9042, 9092, 9093, 9300, 11211, 19530, 27017,
  50051,
]);

/** The page of a published port as this machine reaches it; undefined for ranges, variables, UDP and ports that answer no browser. */
export function pageOf(port: Node): string | undefined {
  const read = port.kind === 'scalar' ? portsOf(portText(port)) : undefined;
  const [only, ...more] = read?.ok ? read.ports : [];
  const long = port.kind === 'map';
  const published = long ? text(get(port, 'published')) : only?.published;
  const target = long ? Number(text(get(port, 'target'))) : only?.target;
  const host = (long ? text(get(port, 'host_ip')) : only?.hostIp) ?? '';
  const protocol = (long ? text(get(port, 'protocol')) : only?.protocol) ?? 'tcp';
  if (more.length || protocol !== 'tcp' || published === undefined || !/^[1-9]\d*$/.test(published) || target === undefined)
    return undefined;
  if (noPages.has(target) || host.includes('$')) return undefined;
  const name =
    host === '' || host === '0.0.0.0' || host === '::' || host.startsWith('127.') ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${target === 443 || target === 8443 ? 'https' : 'http'}://${name}:${published}/`;
}
