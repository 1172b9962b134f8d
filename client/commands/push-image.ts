import { command } from './command.ts';

export default command({
  id: 'push-image',
  title: 'Push',
  icon: 'cloud-upload',
  on: { kind: 'image', single: true, anyOf: ['tagged'], group: '2_use@5' },
  // The command line knows the credential helpers, and shows each layer.
  async run([image], { engine, ui }) {
    if (image?.reference === undefined) return;
    const { env } = (await engine()).endpoint;
    ui.terminal(`push ${image.reference}`, { program: 'docker', args: ['push', image.reference], env, icon: 'cloud-upload', hold: true });
  },
});
