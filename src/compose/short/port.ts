/** One published or exposed port. */
export interface Port {
  readonly target: number;
  /** As written: a port, a range, or empty for any. */
  readonly published: string;
  readonly hostIp: string;
  readonly protocol: string;
}

export type PortsRead = { readonly ok: true; readonly ports: readonly Port[] } | { readonly ok: false; readonly reason: string };

const protocols = ['tcp', 'udp', 'sctp'];
const form = 'A port is [ADDRESS:][HOST:]CONTAINER[/PROTOCOL], such as "127.0.0.1:8888:8888".';

/** Reads `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`, ranges spread out, as Compose does. */
export function portsOf(spec: string): PortsRead {
  const slash = spec.indexOf('/');
  const protocol = (slash < 0 ? 'tcp' : spec.slice(slash + 1)).toLowerCase() || 'tcp';
  const numbers = slash < 0 ? spec : spec.slice(0, slash);
  const last = numbers.lastIndexOf(':');
  const container = numbers.slice(last + 1);
  let hostIp = '';
  let host = '';
  if (last >= 0) {
    const before = numbers.slice(0, last);
    const split = before.lastIndexOf(':');
    const bracket = before.lastIndexOf(']');
    if (split > bracket || (split >= 0 && bracket < 0)) {
      hostIp = before.slice(0, split);
      host = before.slice(split + 1);
    } else if (bracket >= 0) hostIp = before;
    else host = before;
  }
  if (hostIp.startsWith('[') && hostIp.endsWith(']')) hostIp = hostIp.slice(1, -1);
  if (container === '') return { ok: false, reason: `«${spec}» names no port of the container. ${form}` };
  const targets = range(container);
  if (!targets) return { ok: false, reason: `«${container}» is no port of a container: ports are 1 to 65535. ${form}` };
  if (hostIp !== '' && !isAddress(hostIp)) return { ok: false, reason: `«${hostIp}» is no IP address. ${form}` };
  const hosts = host === '' ? undefined : range(host);
  if (host !== '' && !hosts) return { ok: false, reason: `«${host}» is no port of the host: ports are 0 to 65535. ${form}` };
  if (!protocols.includes(protocol)) return { ok: false, reason: `«${protocol}» is no protocol: write tcp, udp or sctp.` };
  if (hosts && hosts.length !== targets.length && targets.length > 1)
    return {
      ok: false,
      reason: `«${spec}» gives ${String(hosts.length)} ports of the host for ${String(targets.length)} of the container: ranges are equally long.`,
    };
  return {
    ok: true,
    ports: targets.map((target, index) => ({
      target,
      published: host === '' ? '' : targets.length === 1 ? host : String(hosts?.[index] ?? ''),
      hostIp,
      protocol,
    })),
  };
}

function range(text: string): readonly number[] | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  if (first > 65535 || last > 65535 || last < first) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  const bare = text.replace(/%.*$/, '');
  if (/^\d+(?:\.\d+){3}$/.test(bare)) return bare.split('.').every((part) => Number(part) < 256 && (part === '0' || !part.startsWith('0')));
  if (!bare.includes(':') || !/^[\da-f:.]+$/i.test(bare)) return false;
  const halves = bare.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const width = groups.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0);
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group) || isAddress(group)) && (halves.length === 2 ? width < 8 : width === 8);
}
