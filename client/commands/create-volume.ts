import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'create-volume',
  title: 'Create a Volume…',
  icon: 'add',
  on: { views: ['volumes'] },
  async run({ engine, store, ui }) {
    const name = await ui.input('Name of the new volume', {
      placeholder: 'models',
      problem: (text) => {
        if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(text))
          return 'Two or more of letters, digits, _ . and -, beginning with a letter or digit.';
        return store.snapshot.volumes.some(({ id }) => id === text) ? `There is a volume called ${text}.` : undefined;
      },
    });
    if (name !== undefined) await (await engine()).createVolume(name);
  },
});
