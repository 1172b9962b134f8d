import { unsetIn, type Complaint } from '../complaint.ts';
import { get, type MapNode, type Node, type ScalarNode } from '../model.ts';
import { isAddress, portsOf, portText } from '../short/port.ts';

/** The ports of a service: what Compose cannot take apart. */
export function* checkPorts(service: MapNode): Generator<Complaint> {
  const ports = get(service, 'ports');
  if (ports?.kind === 'list') for (const item of ports.items) yield* checkPort(item);
  const exposed = get(service, 'expose');
  for (const item of exposed?.kind === 'list' ? exposed.items : [])
    if (known(item) && typeof item.value === 'number' && /\.|^[-+]?\d+e/i.test(item.text))
      yield { kind: 'port', span: item.span, message: `«${item.text}» is no port: ports are whole numbers from 1 to 65535.` };
}

const known = (node: Node | undefined): node is ScalarNode => node?.kind === 'scalar' && !node.unknown && node.value !== null;

function* checkPort(item: Node): Generator<Complaint> {
  if (known(item)) {
    const read = portsOf(portText(item));
    if (!read.ok) yield { kind: 'port', span: item.span, message: unsetIn(item) + read.reason };
    return;
  }
  if (item.kind !== 'map') return;
  const target = get(item, 'target');
  if (known(target) && /^\d+$/.test(target.text) && Number(target.text) > 65535)
    yield { kind: 'port', span: target.span, message: `«${target.text}» is no port: ports are 1 to 65535.` };
  const address = get(item, 'host_ip');
  if (known(address) && !isAddress(address.text))
    yield { kind: 'port', span: address.span, late: true, message: `${unsetIn(address)}«${address.text}» is no IP address.` };
}
