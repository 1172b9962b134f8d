import { command } from './command.ts';

export default command({
  id: 'copy-out',
  title: 'Copy a File or Folder Out…',
  icon: 'cloud-download',
  on: { kind: 'container', single: true, group: '2_use@6' },
  async run([container], { engine, ui }) {
    if (!container) return;
    const path = await ui.input(`Path in ${container.name}`, {
      placeholder: '/app/checkpoints/last.ckpt',
      problem: (text) => (text.startsWith('/') ? undefined : 'Write the whole path, from / on.'),
    });
    if (!path) return;
    const folder = await ui.choosePath('Copy to', { kind: 'folder' });
    if (folder === undefined) return;
    const { env } = (await engine()).endpoint;
    ui.terminal(`copy out of ${container.name}`, {
      program: 'docker',
      args: ['cp', `${container.id}:${path}`, folder],
      env,
      icon: 'cloud-download',
      hold: true,
    });
  },
});
