import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'choose-context',
  title: 'Choose a Docker Context…',
  icon: 'plug',
  on: { views: ['contexts'] },
  async run({ contexts, memory, ui }) {
    const { current, followed } = contexts;
    const chosen = await ui.pick<{ readonly name: string | undefined }>('Docker context for this workspace', [
      ...contexts.all.map(({ name, host, description }) => ({
        label: name,
        description: host,
        detail: [description, ...(name === current ? ['in use'] : [])].filter(Boolean).join(', '),
        icon: name === current ? 'check' : 'blank',
        value: { name },
      })),
      { label: 'Follow the docker command line', description: `now ${followed}`, icon: 'terminal', value: { name: undefined } },
    ]);
    if (!chosen) return;
    contexts.choose(chosen.name);
    await memory.set('context', contexts.chosen);
  },
});
