import type { DockerContext, ViewNode } from './node.ts';

/** The Docker contexts; a click switches. */
export function contextsView(contexts: readonly DockerContext[]): readonly ViewNode[] {
  return contexts.map((context): ViewNode => {
    const description = context.problem ?? context.host;
    return {
      id: `context/${context.id}`,
      label: context.id,
      description,
      spoken: `Context ${context.id}${context.current ? ', in use' : ''}, ${description}`,
      icon: context.problem
        ? { name: 'warning', color: 'list.warningForeground' }
        : context.current
          ? { name: 'pass-filled', color: 'charts.green' }
          : { name: context.host.startsWith('unix:') || context.host.startsWith('npipe:') ? 'circle-outline' : 'remote' },
      tooltip: [
        `**${context.id}**${context.current ? ' (in use)' : ''}`,
        ...(context.description ? [context.description] : []),
        `\`${context.host}\``,
      ].join('  \n'),
      subject: context,
      ...(!context.current && { click: { command: 'use-context', title: 'Use Context' } }),
    };
  });
}
