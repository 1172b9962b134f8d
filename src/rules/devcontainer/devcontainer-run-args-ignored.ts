import { entryAt, stringsIn, valueAt } from '../../devcontainer/parse.ts';
import { devcontainerRule } from '../../lint/rule.ts';

export default devcontainerRule({
  id: 'devcontainer-run-args-ignored',
  severity: 'warning',
  title: 'Ask for GPUs where Compose looks',
  why: '`runArgs` are arguments of `docker run`. With `dockerComposeFile` it is Compose that starts the container, and nothing of `runArgs` is used: the GPU and the shared memory asked for there are missing. Write `gpus: all` and `shm_size` into the service.',
  examples: [
    { bad: '{\n  "dockerComposeFile": "compose.yaml",\n  "service": "app",\n  «"runArgs"»: ["--gpus", "all"]\n}\n' },
    { good: '{\n  "dockerComposeFile": "compose.yaml",\n  "service": "app"\n}\n' },
    { good: '{\n  "image": "python:3.12",\n  "runArgs": ["--ipc=host"]\n}\n' },
  ],
  *check({ root }) {
    const given = root?.entries.find(({ key }) => key === 'runArgs');
    const args = stringsIn(valueAt(root, 'runArgs'));
    if (!given || !args.length || !entryAt(root, 'dockerComposeFile')) return;
    const service = stringsIn(valueAt(root, 'service'))[0]?.text;
    const gpu = args.some(({ text }) => text.startsWith('--gpus'));
    yield {
      span: given.keySpan,
      message: `runArgs are not used with dockerComposeFile: ${args.map(({ text }) => text).join(' ')} has no effect. Write ${gpu ? '«gpus: all»' : 'it'} into the service${service === undefined ? '' : ` «${service}»`} of the Compose file.`,
    };
  },
});
