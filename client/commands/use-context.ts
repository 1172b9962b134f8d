import { command } from './command.ts';

export default command({
  id: 'use-context',
  title: 'Use Context',
  icon: 'plug',
  on: { kind: 'context', single: true, anyOf: ['other'], inline: 1, group: '1_run@1', hidden: true },
  async run([context], { contexts, memory, ui }) {
    if (!context) return;
    contexts.choose(context.id);
    await memory.set('context', contexts.chosen);
    ui.status(`The views show the Docker context ${context.id}.`);
  },
});
