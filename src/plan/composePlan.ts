import type { GpuChoice } from './runPlan.ts';
import type { Invocation } from './invocation.ts';

/** A Compose project as the command line has to be told about it. */
export interface ComposePlan {
  /** In the order in which Compose merges them. */
  readonly files: readonly string[];
  readonly project?: string;
  readonly directory?: string;
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
}

export function composeCommand(plan: ComposePlan, verb: readonly string[], program = 'docker'): Invocation {
  const args = ['compose'];
  for (const file of plan.files) args.push('--file', file);
  if (plan.project) args.push('--project-name', plan.project);
  if (plan.directory) args.push('--project-directory', plan.directory);
  for (const file of plan.envFiles ?? []) args.push('--env-file', file);
  for (const profile of plan.profiles ?? []) args.push('--profile', profile);
  return { program, args: [...args, ...verb] };
}

/** The labels that Compose leaves on a container, and what they say about how it was started. */
export function planFromLabels(labels: Readonly<Record<string, string>>): ComposePlan | undefined {
  const label = (name: string): string | undefined => labels[`com.docker.compose.${name}`] || undefined;
  const project = label('project');
  if (project === undefined) return undefined;
  const list = (name: string): readonly string[] =>
    (label(name) ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  const directory = label('project.working_dir');
  const envFiles = list('project.environment_file');
  return {
    files: list('project.config_files'),
    project,
    ...(directory !== undefined && { directory }),
    ...(envFiles.length > 0 && { envFiles }),
  };
}

/** A Compose override file that gives services GPUs, so that the file itself can stay without. */
export function gpuOverride(services: readonly string[], choice: GpuChoice, shm?: string): string {
  const key = (name: string): string =>
    /^[A-Za-z_][\w.-]*$/.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(name) ? name : JSON.stringify(name);
  const lines = ['services:'];
  for (const service of services) {
    lines.push(`  ${key(service)}:`);
    if (shm) lines.push(`    shm_size: ${shm}`);
    const reservation = reserve(choice);
    if (!reservation) {
      if (!shm) lines.push('    {}');
      continue;
    }
    lines.push('    deploy:', '      resources:', '        reservations:', '          devices:');
    lines.push('            - driver: nvidia', `              ${reservation}`, '              capabilities: [gpu]');
  }
  return `${lines.join('\n')}\n`;
}

function reserve(choice: GpuChoice): string | undefined {
  switch (choice.kind) {
    case 'none':
      return undefined;
    case 'all':
      return 'count: all';
    case 'count':
      return `count: ${choice.count}`;
    case 'devices':
      return choice.ids.length ? `device_ids: [${choice.ids.map((id) => JSON.stringify(id)).join(', ')}]` : undefined;
  }
}
