import type { Container } from '../engine/engine.ts';
import { gpuWords } from './node.ts';
import { escaped, shortId } from './words.ts';

/** What a hover says of a container, as markdown. */
export function containerTooltip(container: Container): string {
  const { details } = container;
  const ports = container.ports.filter(({ host }) => host !== undefined);
  const gpus = gpuWords(details?.gpus ?? []);
  const probe = details?.healthLog.at(-1);
  const ended = container.state === 'exited' && container.exitCode !== undefined;
  const lines = [
    `**${escaped(container.name)}** \`${shortId(container.id)}\``,
    `Image: \`${container.image}\``,
    `State: ${escaped(container.status || container.state)}`,
    ...(details?.oomKilled ? ['The kernel ended it because memory ran out.'] : []),
    ...(ended && details?.error ? [`The engine said: ${escaped(details.error)}`] : []),
    ...(gpus ? [`GPUs: ${gpus}`] : []),
    ...(ports.length
      ? [
          `Ports: ${ports.map((port) => `${escaped(port.address ?? '')}:${port.host ?? 0} → ${port.container}/${port.protocol}`).join(', ')}`,
        ]
      : []),
    ...(container.mounts.length ? [`Mounts: ${container.mounts.map(({ target }) => `\`${target}\``).join(', ')}`] : []),
    ...(container.networks.length ? [`Networks: ${container.networks.map(({ network }) => escaped(network)).join(', ')}`] : []),
  ];
  const health = probe ? [`Last health probe (ended with ${probe.exitCode}):\n\n${fenced(probe.output.slice(-1000))}`] : [];
  return [lines.join('  \n'), ...health].join('\n\n');
}

const fenced = (text: string): string => `\`\`\`\`text\n${text.replaceAll('````', "''''") || '(nothing was printed)'}\n\`\`\`\``;
