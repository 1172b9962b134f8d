import { command } from './command.ts';

// Bash where there is one; it is looked for by starting it, since an image may lack `which`.
const shell = 'command -v bash >/dev/null 2>&1 && exec bash || exec sh';

export default command({
  id: 'open-shell',
  title: 'Open a Shell',
  icon: 'terminal',
  on: { kind: 'container', inline: 3, anyOf: ['running', 'exited', 'created'], group: '2_use@1' },
  async run(containers, { engine, store, ui }) {
    const docker = await engine();
    for (const container of containers) {
      if (container.state !== 'running') {
        const start = await ui.confirm(`${container.name} does not run. Start it?`, {
          yes: 'Start',
          detail: 'A shell needs a running container.',
        });
        if (!start) continue;
        await store.during([container], () => docker.start(container.id));
      }
      ui.terminal(container.name, {
        program: 'docker',
        args: ['exec', '-it', container.id, 'sh', '-c', shell],
        env: docker.endpoint.env,
        icon: 'terminal-linux',
      });
    }
  },
});
