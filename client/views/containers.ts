import type { Container, Port } from '../engine/engine.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import { isAny } from './address.ts';
import { containerTooltip } from './containerTooltip.ts';
import { gpuWords, type Icon, type Project, type PublishedPort, type ViewNode } from './node.ts';
import { plural, shortId } from './words.ts';

/** The containers, those of a Compose project or a Swarm stack under it; the others last. */
export function containersView({ containers, busy }: Pick<Snapshot, 'containers' | 'busy'>): readonly ViewNode[] {
  const groups = new Map<string, Container[]>();
  for (const container of containers) {
    const project = container.project ?? '';
    groups.set(project, [...(groups.get(project) ?? []), container]);
  }
  const single = (groups.get('') ?? []).sort(byName).map((container) => containerNode(container, busy));
  groups.delete('');
  const projects = [...groups].sort(([a], [b]) => a.localeCompare(b));
  return [...projects.map(([name, members]) => projectNode(name, members, busy)), ...single];
}

function projectNode(name: string, members: readonly Container[], busy: ReadonlySet<string>): ViewNode {
  const containers = [...members].sort((a, b) => (serviceName(a) ?? a.name).localeCompare(serviceName(b) ?? b.name));
  const subject: Project = { kind: 'project', id: name, name, containers };
  const running = containers.filter(({ state }) => state === 'running').length;
  const unwell = containers.filter(({ health }) => health === 'unhealthy').length;
  const description = [`${running} of ${containers.length} running`, ...(unwell ? [`${unwell} unhealthy`] : [])].join(', ');
  return {
    id: `project/${name}`,
    label: name,
    description,
    spoken: `Compose project ${name}, ${description}`,
    icon: { name: 'layers', ...(running > 0 && { color: 'charts.green' }) },
    tooltip: `Compose project **${name}**: ${plural(containers.length, 'container')}, ${running} running`,
    subject,
    open: true,
    children: containers.map((container) => containerNode(container, busy)),
  };
}

/** `api` or, where a service has several containers, `api-2`. */
function serviceName({ labels, service }: Container): string | undefined {
  const number = labels['com.docker.compose.container-number'] ?? '1';
  return service === undefined ? undefined : number === '1' ? service : `${service}-${number}`;
}

const byName = (a: Container, b: Container): number => a.name.localeCompare(b.name, undefined, { numeric: true });

export function containerNode(container: Container, busy: ReadonlySet<string> = new Set()): ViewNode {
  const inProject = container.project !== undefined;
  const label = (inProject ? serviceName(container) : undefined) ?? container.name;
  const working = busy.has(container.id);
  const state = stateWords(container);
  const gpus = gpuWords(container.details?.gpus ?? []);
  // The state first: what does not fit into the view is cut at its end.
  const description = [...(state ? [state] : []), ...(gpus ? [gpus] : []), shownImage(container)].join(' · ');
  return {
    id: `container/${container.id}`,
    label,
    description,
    spoken: `Container ${label}, ${state.startsWith(container.state) ? state : [container.state, state].filter(Boolean).join(', ')}, image ${shownImage(container)}${gpus ? `, ${gpus}` : ''}`,
    icon: working ? { name: 'sync~spin' } : containerIcon(container),
    tooltip: containerTooltip(container),
    subject: container,
    children: factsOf(container),
  };
}

/** A reference as it is; an image that lost its name by the short form of its id. */
const shownImage = ({ image }: Container): string => (/^(sha256:)?[0-9a-f]{64}$/.test(image) ? shortId(image) : image);

/** What a person has to know beyond the icon; nothing for a container that runs well. */
export function stateWords({ state, health, exitCode = 0, details }: Container): string {
  switch (state) {
    case 'running':
      return health && health !== 'healthy' ? (health === 'starting' ? 'health check starting' : 'unhealthy') : '';
    case 'exited':
      if (details?.oomKilled) return 'out of memory';
      return exitCode === 0 ? 'exited' : `exited with ${exitCode}`;
    case 'dead':
    case 'created':
    case 'paused':
    case 'removing':
    case 'restarting':
      return state;
  }
}

function containerIcon({ state, health, exitCode = 0, details }: Container): Icon {
  switch (state) {
    case 'running':
      if (health === 'unhealthy') return { name: 'warning', color: 'list.warningForeground' };
      if (health === 'starting') return { name: 'pulse', color: 'charts.yellow' };
      return { name: health === 'healthy' ? 'pass-filled' : 'play-circle', color: 'charts.green' };
    case 'paused':
      return { name: 'debug-pause', color: 'charts.yellow' };
    case 'restarting':
      return { name: 'debug-restart', color: 'charts.yellow' };
    case 'removing':
      return { name: 'trash' };
    case 'created':
      return { name: 'circle-outline' };
    case 'dead':
      return { name: 'error', color: 'list.errorForeground' };
    case 'exited':
      // 137 and 143 are what a stop does to a program that does not listen, unless memory ran out.
      if (details?.oomKilled) return { name: 'error', color: 'list.errorForeground' };
      return [0, 130, 137, 143].includes(exitCode) ? { name: 'stop-circle' } : { name: 'error', color: 'list.errorForeground' };
  }
}

function factsOf(container: Container): readonly ViewNode[] {
  const id = (what: string): string => `container/${container.id}/${what}`;
  const fact = (what: string, label: string, icon: string, value: string): ViewNode => ({
    id: id(what),
    label,
    description: value,
    icon: { name: icon },
    spoken: `${label} ${value}`,
    tooltip: `${label}: \`${value.replaceAll('`', "'")}\``,
    subject: { kind: 'fact', id: id(what), value },
  });
  const gpus = gpuWords(container.details?.gpus ?? []);
  return [
    ...(gpus ? [fact('gpu', 'Devices', 'circuit-board', gpus)] : []),
    ...portNodes(container),
    ...container.mounts.map((mount) =>
      fact(
        `mount/${mount.target}`,
        mount.target,
        mount.type === 'volume' ? 'database' : mount.type === 'bind' ? 'folder' : 'file-submodule',
        `${mount.name ?? (mount.source || mount.type)}${mount.readOnly ? ' (read-only)' : ''}`,
      ),
    ),
    ...container.networks.map(({ network, address }) => fact(`network/${network}`, network, 'type-hierarchy', address ?? 'not connected')),
    fact('command', 'Command', 'terminal', container.command),
    fact('id', 'Id', 'key', shortId(container.id)),
  ];
}

function portNodes(container: Container): readonly ViewNode[] {
  const seen = new Set<string>();
  return [...container.ports]
    .sort((a, b) => a.container - b.container || Number(a.address?.includes(':')) - Number(b.address?.includes(':')))
    .flatMap((port) => {
      // The engine lists a port once for IPv4 and once for IPv6.
      const key = `${port.container}/${port.protocol}/${port.host ?? ''}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [portNode(container, port, key)];
    });
}

function portNode(container: Container, { container: inner, protocol, host, address = '' }: Port, key: string): ViewNode {
  const id = `container/${container.id}/port/${key}`;
  const label = `${inner}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  if (host === undefined)
    return {
      id,
      label,
      description: 'not published',
      icon: { name: 'plug' },
      spoken: `Port ${label}, not published`,
      subject: { kind: 'fact', id, value: label },
    };
  const shown = `${isAny(address) ? '' : `${address}:`}${host}`;
  const subject: PublishedPort | ViewNode['subject'] =
    protocol === 'tcp' ? { kind: 'port', id, container, port: inner, host, address } : { kind: 'fact', id, value: shown };
  return {
    id,
    label,
    description: `published on ${shown}`,
    icon: { name: protocol === 'tcp' ? 'globe' : 'plug' },
    spoken: `Port ${label}, published on ${shown}`,
    subject,
    ...(protocol === 'tcp' && { click: { command: 'open-in-browser', title: 'Open in Browser' } }),
  };
}
