import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'log-in',
  title: 'Log in to a Registry…',
  on: { views: ['images'], group: '5_registry@1' },
  // The line is only typed in: passwords go to the command line, which knows the credential helpers, and never through the extension.
  async run({ ui, knowledge }) {
    const chosen = await ui.pick(
      'Registry',
      knowledge.registries.map((registry) => ({
        label: registry.name,
        description: registry.image,
        ...(registry.note !== undefined && { detail: registry.note }),
        icon: 'key',
        value: registry,
      })),
    );
    if (chosen) ui.typed(`Log in to ${chosen.name}`, chosen.login);
  },
});
