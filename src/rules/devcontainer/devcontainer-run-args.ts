import { stringsIn, valueAt } from '../../devcontainer/parse.ts';
import { devcontainerRule } from '../../lint/rule.ts';

export default devcontainerRule({
  id: 'devcontainer-run-args',
  severity: 'error',
  title: 'Give each argument of runArgs an entry of its own',
  why: 'The entries of `runArgs` reach `docker run` as they are: no shell splits them. `"--gpus all"` is one argument, and docker answers «unknown flag: --gpus all».',
  examples: [
    {
      bad: '{\n  "image": "pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime",\n  "runArgs": [«"--gpus all"», "--ipc=host", «"--shm-size 8g"»]\n}\n',
      good: '{\n  "image": "pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime",\n  "runArgs": ["--gpus", "all", "--ipc=host", "--shm-size", "8g"]\n}\n',
    },
    { title: 'quotes of a shell', bad: '{ "runArgs": [«"-v /data:/data"»] }\n', good: '{ "runArgs": ["-v", "/data:/data"] }\n' },
    { good: '{\n  // all GPUs\n  "runArgs": ["--gpus", "all", "--shm-size=8g", "--label=note=two words", "-e", "A=b c"],\n}\n' },
  ],
  *check({ root }) {
    for (const { text, node } of stringsIn(valueAt(root, 'runArgs'))) {
      const [, flag, value] = /^(--?[A-Za-z][\w-]*)[ \t]+(\S.*)$/.exec(text) ?? [];
      if (flag === undefined || value === undefined) continue;
      yield {
        span: node.span,
        message: `«${text}» is one argument here, and docker knows no flag of that name. Write "${flag}", "${value}" as two entries${flag.startsWith('--') ? `, or "${flag}=${value}"` : ''}.`,
        fixes: [
          {
            title: 'Write two entries',
            safe: true,
            edits: [{ span: node.span, text: `${JSON.stringify(flag)}, ${JSON.stringify(value)}` }],
          },
        ],
      };
    }
  },
});
