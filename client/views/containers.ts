import type { Container } from '../engine/engine.ts';
import { ago } from './format.ts';
import type { Project, ViewNode } from './node.ts';

const word = 'com.docker.compose.project';

/** Containers, those of a Compose project under it; projects first, by name. */
export function containerNodes(containers: readonly Container[], now: number): readonly ViewNode[] {
  const projects = projectsOf(containers);
  const single = containers.filter(({ project }) => project === undefined);
  return [
    ...projects.map((project) => projectNode(project, now)),
    ...[...single].sort(byName).map((container) => containerNode(container, container.name, now)),
  ];
}

/** The Compose projects that have containers. */
export function projectsOf(containers: readonly Container[]): readonly Project[] {
  const byProject = new Map<string, Container[]>();
  for (const container of containers)
    if (container.project !== undefined) byProject.set(container.project, [...(byProject.get(container.project) ?? []), container]);
  return [...byProject]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, members]) => {
      const labels = members[0]?.labels ?? {};
      const folder = labels[`${word}.working_dir`];
      return {
        kind: 'project',
        id: name,
        name,
        containers: [...members].sort((a, b) => (a.service ?? a.name).localeCompare(b.service ?? b.name)),
        files: (labels[`${word}.config_files`] ?? '').split(',').filter(Boolean),
        ...(folder ? { folder } : {}),
      };
    });
}

const byName = (a: Container, b: Container): number => a.name.localeCompare(b.name);

function projectNode(project: Project, now: number): ViewNode {
  const { name, containers } = project;
  const running = containers.filter(({ state }) => state === 'running').length;
  const unhealthy = containers.filter(({ health }) => health === 'unhealthy').length;
  const description = `${running === containers.length ? `${running} running` : `${running} of ${containers.length} running`}${unhealthy ? `, ${unhealthy} unhealthy` : ''}`;
  return {
    id: `project/${name}`,
    label: name,
    description,
    tooltip: [`**${name}** · Compose project`, ...project.files.map((file) => `\`${file}\``)].join('\n\n'),
    icon: 'layers',
    ...(unhealthy ? { color: 'testing.iconFailed' } : running ? { color: 'testing.iconPassed' } : {}),
    spoken: `Compose project ${name}, ${description}`,
    subject: project,
    children: containers.map((container) => containerNode(container, container.service ?? container.name, now)),
    expanded: true,
  };
}

function containerNode(container: Container, label: string, now: number): ViewNode {
  const { icon, color } = look(container);
  const ports = [
    ...new Set(
      container.ports.flatMap(({ host, container: inside, protocol }) =>
        host === undefined ? [] : [`${host}→${inside}${protocol === 'tcp' ? '' : `/${protocol}`}`],
      ),
    ),
  ];
  const state = stateWords(container);
  return {
    id: `container/${container.id}`,
    label,
    description: [container.image, state, ...ports].join(' · '),
    tooltip: [
      `**${container.name}**`,
      container.status,
      `Image \`${container.image}\``,
      `Id \`${container.id.slice(0, 12)}\`, created ${ago(container.created, now)}`,
      ...(ports.length ? [`Ports ${ports.join(', ')}`] : []),
    ].join('\n\n'),
    icon,
    ...(color ? { color } : {}),
    spoken: `Container ${container.name}, ${state}, image ${container.image}`,
    subject: container,
  };
}

/** What a person wants to know first: exit codes, out of memory, health. */
function stateWords({ state, health, exitCode, status }: Container): string {
  if (state === 'exited')
    return exitCode === 0 || exitCode === undefined ? 'ended' : `ended with ${exitCode}${exitCode === 137 ? ' (killed)' : ''}`;
  if (state === 'running') return health ?? (status.replace(/^Up /, 'up ').replace(/ \(.*/, '') || 'running');
  return state;
}

function look({ state, health, exitCode }: Container): { readonly icon: string; readonly color?: string } {
  switch (state) {
    case 'running':
      if (health === 'unhealthy') return { icon: 'warning', color: 'testing.iconFailed' };
      if (health === 'starting') return { icon: 'loading~spin', color: 'testing.iconQueued' };
      return { icon: health === 'healthy' ? 'pass-filled' : 'vm-running', color: 'testing.iconPassed' };
    case 'paused':
      return { icon: 'debug-pause', color: 'testing.iconQueued' };
    case 'restarting':
    case 'removing':
      return { icon: 'sync~spin', color: 'testing.iconQueued' };
    case 'dead':
      return { icon: 'error', color: 'testing.iconFailed' };
    case 'exited':
      return exitCode === undefined || exitCode === 0 || exitCode === 143
        ? { icon: 'vm-outline' }
        : { icon: 'error', color: 'testing.iconFailed' };
    case 'created':
      return { icon: 'vm-outline' };
  }
}
