import { command } from './command.ts';

export default command({
  id: 'rename',
  title: 'Rename…',
  on: { kind: 'container', single: true, noneOf: ['compose', 'removing'], group: '4_change@1' },
  async run([container], { store, engine, ui }) {
    if (!container) return;
    const taken = new Set(store.snapshot.containers.map(({ name }) => name));
    const name = await ui.input(`Rename ${container.name}`, {
      value: container.name,
      prompt: 'Letters, digits, and _ . - after the first.',
      problem: (text) => {
        if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(text))
          return 'A name has two or more of letters, digits, _ . and -, and begins with a letter or digit.';
        return text !== container.name && taken.has(text) ? `There is another container called ${text}.` : undefined;
      },
    });
    if (name === undefined || name === container.name) return;
    await (await engine()).rename(container.id, name);
  },
});
