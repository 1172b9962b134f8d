import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { cell, table } from './markdown.ts';

/** What is known about a service by its image, in Markdown; undefined when it is none of the catalogue. */
export function serviceCard(reference: string, knowledge: KnowledgeBase): string | undefined {
  const service = serviceFacts(knowledge, reference);
  if (!service) return undefined;
  const { health } = service;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Ports', service.ports.map(({ port, role, ui }) => `${port}: ${role}${ui ? ' (in a browser)' : ''}`).join(' · ')],
    ['Health', health?.endpoint ? `\`${health.endpoint}\`${health.port == null ? '' : ` on ${health.port}`}` : undefined],
    ['Start', service.startPeriod === undefined ? undefined : `may take ${service.startPeriod}`],
    ['Data', service.volumes.map(({ path, what }) => `\`${path}\`${what === undefined ? '' : `: ${what}`}`).join(' · ')],
    ['GPU', service.gpu === 'no' ? undefined : service.gpu],
    ['Shared memory', service.wantsShm ? 'more than the 64 MB a container has: `shm_size: 8gb` or `ipc: host`' : undefined],
    [
      'Known login',
      service.defaultCredentials
        .map(({ user, password, what }) => [what, user ? `${user} / ${password ?? ''}` : undefined].filter(Boolean).join(': '))
        .join(' · '),
    ],
  ];
  const variables = Object.entries(service.env)
    .slice(0, 12)
    .map(([name, what]) => `| \`${name}\` | ${cell(what)} |`);
  return [
    `**${service.name}**`,
    table(rows),
    ...(variables.length ? [['| Variable | |', '|:--|:--|', ...variables].join('\n')] : []),
    ...(service.notes.length
      ? [
          service.notes
            .slice(0, 4)
            .map((note) => `- ${note}`)
            .join('\n'),
        ]
      : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}
