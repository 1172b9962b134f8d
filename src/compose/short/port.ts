import type { ScalarNode } from '../model.ts';

/** One published or exposed port. */
export interface Port {
  readonly target: number;
  /** As written: a port, a range, or empty for any. */
  readonly published: string;
  readonly hostIp: string;
  readonly protocol: string;
}

/** What a port is read from: a bare number is its value, such as 15 for `0o17`. */
export const portText = ({ value, text }: Pick<ScalarNode, 'value' | 'text'>): string =>
  typeof value === 'number' && /^[-+]?(?!\d+e)\w+$/i.test(text) ? String(value) : text;

export type PortsRead = { readonly ok: true; readonly ports: readonly Port[] } | { readonly ok: false; readonly reason: string };

const protocols = ['tcp', 'udp', 'sctp'];
const form = 'A port is [ADDRESS:][HOST:]CONTAINER[/PROTOCOL], such as "127.0.0.1:8888:8888".';

/** Reads `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`, ranges spread out, as Compose does. */
export function portsOf(spec: string): PortsRead {
  const parts = spec.split(':');
  const last = parts.pop() ?? '';
  const host = parts.pop() ?? '';
  const written = parts.join(':');
  // Only the first word behind the slash counts.
  const [container = '', word = ''] = last.split('/');
  const protocol = word.toLowerCase() || 'tcp';
  const hostIp = written.startsWith('[') && written.endsWith(']') ? written.slice(1, -1) : written;
  if (container === '') return { ok: false, reason: `«${spec}» names no port of the container. ${form}` };
  const targets = range(container);
  if (!targets) return { ok: false, reason: `«${container}» is no port of a container: ports are 1 to 65535. ${form}` };
  if (written !== '' && hostIp === written && written.includes(':'))
    return { ok: false, reason: `The IPv6 address «${written}» needs brackets here: «[${written}]:${host}:${last}».` };
  if (hostIp !== '' && !isAddress(hostIp)) return { ok: false, reason: `«${hostIp}» is no IP address. ${form}` };
  const hosts = host === '' ? undefined : range(host);
  if (host !== '' && !hosts) return { ok: false, reason: `«${host}» is no port of the host: ports are 0 to 65535. ${form}` };
  if (!protocols.includes(protocol)) return { ok: false, reason: `«${protocol}» is no protocol: write tcp, udp or sctp.` };
  if (hosts && hosts.length !== targets.length && targets.length > 1)
    return {
      ok: false,
      reason: `«${spec}» gives ${String(hosts.length)} ports of the host for ${String(targets.length)} of the container: ranges are equally long.`,
    };
  if (targets[0] === 0) return { ok: false, reason: `«${spec}» has 0 for the port of the container: ports are 1 to 65535.` };
  const published = hosts && hosts.length > 1 ? host : String(hosts?.[0] ?? '');
  return {
    ok: true,
    ports: targets.map((target, index) => ({
      target,
      published: targets.length === 1 ? published : String(hosts?.[index] ?? ''),
      hostIp,
      protocol,
    })),
  };
}

function range(text: string): readonly number[] | undefined {
  // What stands behind a second dash is not looked at.
  const match = /^(\d+)(?:-(\d+)(?:-.*)?)?$/.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  if (first > 65535 || last > 65535 || last < first) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  if (/^\d+(?:\.\d+){3}$/.test(text)) return text.split('.').every((part) => Number(part) < 256 && (part === '0' || !part.startsWith('0')));
  if (!text.includes(':') || !/^[\da-f:.]+$/i.test(text)) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const width = groups.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0);
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group) || isAddress(group)) && (halves.length === 2 ? width < 8 : width === 8);
}
