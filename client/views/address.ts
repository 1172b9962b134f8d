import type { Container, Port } from '../engine/engine.ts';

/** A TCP port that can be reached, and the address of the engine's host that it is bound to. */
export interface Place {
  readonly container: number;
  readonly host: number;
  readonly address: string;
}

/** Ports of a container that a person most likely wants to see, best first: web servers, Jupyter, TensorBoard, MLflow, Gradio … */
const likely = [443, 80, 8080, 8888, 6006, 5000, 7860, 8501, 8265, 3000, 8000, 9001];

/** TCP ports that are published, each once, the likely ones first. */
export function published({ ports }: Pick<Container, 'ports'>): readonly Place[] {
  const tcp = ports.filter((port): port is Port & { readonly host: number } => port.host !== undefined && port.protocol === 'tcp');
  // The engine lists a port once for IPv4 and once for IPv6: the first is kept.
  const once = new Map<string, Place>();
  for (const { container, host, address = '' } of tcp) {
    const key = `${container}/${host}`;
    if (!once.has(key)) once.set(key, { container, host, address });
  }
  const rank = ({ container }: Place): number => (likely.includes(container) ? likely.indexOf(container) : likely.length);
  return [...once.values()].sort((a, b) => rank(a) - rank(b) || a.container - b.container);
}

/** Where the port is, seen from here: the engine may be on another machine. */
export function webAddress({ container, host, address }: Place, engine: string): string {
  const remote = /^(tcp|ssh|https?):/.test(engine) ? new URL(engine.replace(/^\w+:/, 'http:')).hostname : '';
  const machine = remote || (isAny(address) || address.startsWith('127.') ? 'localhost' : address);
  const shown = machine.includes(':') && !machine.startsWith('[') ? `[${machine}]` : machine;
  return `${[443, 8443].includes(container) ? 'https' : 'http'}://${shown}:${host}/`;
}

/** Bound to every address of the host. */
export const isAny = (address: string): boolean => ['', '0.0.0.0', '::', '[::]'].includes(address);
