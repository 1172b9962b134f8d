import type { Container } from '../engine/engine.ts';
import { memoryShare, memoryWords, type GpuFault } from '../gpu/nvidiaSmi.ts';
import type { GpuHolder, GpuUse } from '../gpu/holders.ts';
import type { Gpu, ViewNode } from './node.ts';
import { escaped, plural } from './words.ts';

/** What the GPU view shows: each GPU, and under it who holds it. */
export function gpusView(uses: readonly GpuUse[], driver: string | undefined, containers: readonly Container[]): readonly ViewNode[] {
  const known = new Map(containers.map((container) => [container.id, container]));
  return uses.map((use) => gpuNode(use, driver, known));
}

/** Why there are none, and what that means. */
export function gpuFaultSentence(fault: GpuFault): string {
  switch (fault.reason) {
    case 'absent':
      return 'No NVIDIA GPU is known here: there is no nvidia-smi on the machine of the engine, or none that can be reached. Images without CUDA, or CPU builds of the frameworks, run as they are.';
    case 'driver':
      return `nvidia-smi is there and the driver does not answer: ${fault.message}`;
  }
}

function gpuNode({ gpu, holders, others }: GpuUse, driver: string | undefined, known: ReadonlyMap<string, Container>): ViewNode {
  const { index, uuid, name, memory, used, utilization, temperature, power, powerLimit, computeCapability, mig } = gpu;
  const subject: Gpu = { kind: 'gpu', id: uuid, name };
  const held = memoryShare(used, memory);
  const busy = utilization === undefined ? [] : [`${utilization} %`];
  const facts = [
    `**GPU ${index}: ${escaped(name)}**`,
    `Memory ${held}`,
    ...(utilization === undefined ? [] : [`Utilization ${utilization} %`]),
    ...(temperature === undefined ? [] : [`${temperature} °C`]),
    ...(power === undefined ? [] : [`${power.toFixed(0)} W${powerLimit === undefined ? '' : ` of ${powerLimit.toFixed(0)} W`}`]),
    ...(computeCapability === undefined ? [] : [`Compute capability ${computeCapability}`]),
    ...(mig ? ['Divided into instances (MIG)'] : []),
    ...(driver === undefined ? [] : [`Driver ${driver}`]),
    `\`${uuid}\``,
  ];
  return {
    id: `gpu/${uuid}`,
    label: `${index}: ${name}`,
    description: [held, ...busy].join(' · '),
    tooltip: facts.join('\n\n'),
    icon: {
      name: 'circuit-board',
      ...(used > 0.9 * memory ? { color: 'charts.red' } : utilization || used > 0.02 * memory ? { color: 'charts.green' } : {}),
    },
    spoken: `GPU ${index}, ${name}, memory ${held}${utilization === undefined ? '' : `, ${utilization} percent busy`}`,
    subject,
    children: [
      ...holders.map((holder) => holderNode(uuid, holder, known.get(holder.container.id))),
      ...(others.length ? [othersNode(uuid, others)] : []),
    ],
    open: true,
  };
}

function holderNode(uuid: string, { container, memory, processes }: GpuHolder, subject: Container | undefined): ViewNode {
  const holds = processes.length ? `${memoryWords(memory)} in ${plural(processes.length, 'process')}` : 'may use it';
  return {
    id: `gpu/${uuid}/${container.id}`,
    label: container.name,
    description: holds,
    icon: { name: 'package', ...(processes.length ? { color: 'charts.green' } : {}) },
    tooltip: processes.length
      ? processes.map(({ pid, name }) => `${pid} \`${name}\``).join('\n\n')
      : 'It was given this GPU and holds no memory of it now.',
    spoken: `Container ${container.name}, ${holds}`,
    ...(subject && { subject, click: { command: 'show-logs', title: 'Show Logs' } }),
  };
}

function othersNode(uuid: string, others: GpuUse['others']): ViewNode {
  const memory = others.reduce((sum, { memory: own }) => sum + (own ?? 0), 0);
  return {
    id: `gpu/${uuid}/others`,
    label: plural(others.length, 'other process'),
    description: memoryWords(memory),
    icon: { name: 'server-process' },
    tooltip: ['Of no container of this engine:', ...others.map(({ pid, name }) => `${pid} \`${name}\``)].join('\n\n'),
  };
}
