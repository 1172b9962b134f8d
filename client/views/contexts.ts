import type { ContextSubject, ViewNode } from './node.ts';

/** Docker contexts; the current one is marked. */
export const contextNodes = (
  contexts: readonly (ContextSubject & { readonly description: string; readonly decidedBy?: string })[],
): readonly ViewNode[] =>
  contexts.map((context) => ({
    id: `context/${context.name}`,
    label: context.name,
    description: [...(context.current ? ['current'] : []), context.host].join(' · '),
    tooltip: [
      `**${context.name}**`,
      context.description,
      `\`${context.host}\``,
      ...(context.decidedBy ? [`${context.decidedBy} decides which context is used.`] : []),
    ]
      .filter(Boolean)
      .join('\n\n'),
    icon: context.current ? 'pass-filled' : 'plug',
    ...(context.current ? { color: 'testing.iconPassed' } : {}),
    spoken: `Context ${context.name}${context.current ? ', current' : ''}, ${context.host}`,
    subject: context,
  }));
