import { composeRule } from '../../lint/rule.ts';
import { asksGpu } from '../shared/gpu.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { launched } from '../shared/startCommand.ts';
import { workers } from '../shared/workers.ts';

export default composeRule({
  id: 'workers-with-gpu-model',
  severity: 'hint',
  title: 'Load a model onto a GPU once',
  why: 'Each worker is a process of its own and loads the model of its own: four workers need four times the memory of the GPU, and end with «CUDA out of memory». One worker with batching, or one container a GPU, serves more.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    gpus: all\n    command: ["uvicorn", "app:app", "--workers", «"4"»]\n' },
    {
      title: 'one worker, or no GPU',
      good: 'services:\n  a:\n    image: a:1\n    gpus: all\n    command: uvicorn app:app --workers 1\n  b:\n    image: b:1\n    command: gunicorn -w 4 app:app\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const words = asksGpu(node) ? launched(commandWords(node)) : [];
      const found = workers(words);
      const word = found && words[found.at];
      if (found && word)
        yield {
          span: word.node.span,
          message: `${found.count} workers of ${found.program} are ${found.count} processes, each with a model of its own on the GPU: ${found.count} times the memory. Use one, and batch requests in it.`,
        };
    }
  },
});
