import { command } from './command.ts';

export default command({
  id: 'show-processes',
  title: 'Show Processes',
  icon: 'list-tree',
  on: { kind: 'container', single: true, anyOf: ['running', 'paused'], group: '3_look@3' },
  async run([container], { engine, ui }) {
    if (!container) return;
    const { titles, rows } = await (await engine()).top(container.id);
    const widths = titles.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
    const lines = [titles, ...rows].map((row) =>
      row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '),
    );
    await ui.show(
      `Processes of ${container.name}.txt`,
      `${lines.join('\n')}\n\nThe process ids are those of the engine's machine, as nvidia-smi shows them.\n`,
    );
  },
});
