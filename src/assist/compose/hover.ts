import { keyAt } from '../../compose/keys/lookup.ts';
import { get, items, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import type { Card } from '../model.ts';
import { about } from './about.ts';
import { nodeAt } from './node.ts';

export function hoverCompose(file: ComposeFile, offset: number, world: World): Card | undefined {
  const found = nodeAt(file, offset);
  if (!found) return undefined;
  const { path, span, entry, node } = found;
  const name = path.at(-1) ?? '';
  if (path[0] === 'services' && path.length === 2 && node.kind === 'map') return { span, markdown: service(name, node, world) };
  const key = keyAt(path);
  if (entry && key) return { span, markdown: `**${name}**\n\n${about(name, key)}` };
  if (!entry && key && node.kind === 'scalar' && path[0] === 'services' && path[2] === 'image' && path.length === 3)
    return image(node.text, span, world);
  return undefined;
}

/** A service in a few lines: image, ports, GPUs, health, what it waits for. */
function service(name: string, node: MapNode, { knowledge }: World): string {
  const reference = text(get(node, 'image'));
  const facts = reference === undefined ? undefined : serviceFacts(knowledge, reference);
  const dependsOn = get(node, 'depends_on');
  const waits = dependsOn?.kind === 'map' ? dependsOn.entries.map(({ key }) => key) : items(dependsOn).flatMap((each) => text(each) ?? []);
  const ports = items(get(node, 'ports')).flatMap((port) => text(port) ?? text(get(port, 'target')) ?? []);
  const gpus = get(node, 'gpus') ?? get(node, 'deploy', 'resources', 'reservations', 'devices');
  const lines = [
    ...(reference === undefined
      ? get(node, 'build')
        ? ['Image: built here']
        : []
      : [`Image: \`${reference}\`${facts ? ` (${facts.name})` : ''}`]),
    ...(ports.length ? [`Ports: ${ports.map((port) => `\`${port}\``).join(', ')}`] : []),
    ...(gpus ? ['GPUs: asked for'] : []),
    `Health check: ${get(node, 'healthcheck') ? 'in this file' : facts?.health?.endpoint ? `none in this file; ${facts.name} answers \`${facts.health.endpoint}\`` : 'none in this file'}`,
    ...(waits.length ? [`Waits for: ${waits.map((each) => `\`${each}\``).join(', ')}`] : []),
  ];
  return `**${name}**\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function image(reference: string, span: Card['span'], { knowledge }: World): Card | undefined {
  const facts = serviceFacts(knowledge, reference);
  if (!facts) return undefined;
  const ports = facts.ports.map(({ port, role }) => `- \`${port}\` ${role}`);
  return {
    span,
    markdown: [`**${facts.name}** (${facts.category})`, ...(ports.length ? [`Ports:\n${ports.join('\n')}`] : [])].join('\n\n'),
  };
}
