import { entryAt, stringsIn, valueAt } from '../../devcontainer/parse.ts';
import { devcontainerRule } from '../../lint/rule.ts';

export default devcontainerRule({
  id: 'devcontainer-gpu-optional',
  severity: 'info',
  title: 'Let the container start on machines without a GPU',
  why: 'With `--gpus` in `runArgs` the container starts only where NVIDIA’s container toolkit is: on a colleague’s laptop docker answers «could not select device driver». `"hostRequirements": { "gpu": "optional" }` asks for all GPUs where there are some, and needs no `--gpus`.',
  examples: [
    {
      bad: '{\n  "image": "python:3.12",\n  "runArgs": [«"--gpus=all"», "--ipc=host"]\n}\n',
    },
    { bad: '{\n  "image": "python:3.12",\n  "runArgs": [«"--gpus"», "all"]\n}\n' },
    {
      title: 'said already',
      good: '{\n  "image": "python:3.12",\n  "hostRequirements": { "gpu": true },\n  "runArgs": ["--gpus", "all"]\n}\n',
    },
    { title: 'chosen GPUs', good: '{\n  "image": "python:3.12",\n  "runArgs": ["--gpus", "device=1"]\n}\n' },
  ],
  *check({ root }) {
    if (entryAt(root, 'hostRequirements', 'gpu')) return;
    const args = stringsIn(valueAt(root, 'runArgs'));
    for (const [at, { text, node }] of args.entries())
      if (text === '--gpus=all' || (text === '--gpus' && args[at + 1]?.text === 'all')) {
        yield {
          span: node.span,
          message:
            'With --gpus the container does not start on a machine without NVIDIA GPUs. "hostRequirements": { "gpu": "optional" } instead takes all GPUs where there are some.',
        };
        return;
      }
  },
});
