import { rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { builtServices } from '../shared/builtServices.ts';
import { asksGpu } from '../shared/gpu.ts';
import { shippedStages } from '../shared/shipped.ts';
import { startCommands } from '../shared/startCommand.ts';
import { workers } from '../shared/workers.ts';

export default dockerfileRule({
  id: 'workers-with-gpu-model',
  severity: 'hint',
  title: 'Load a model onto a GPU once',
  why: 'Each worker is a process of its own and loads the model of its own: four workers need four times the memory of the GPU, and end with «CUDA out of memory». One worker with batching, or one container a GPU, serves more.',
  reach: 'shipped',
  looksAt: ['CMD', 'ENTRYPOINT'],
  examples: [
    {
      bad: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nCMD ["gunicorn", "-k", "uvicorn.workers.UvicornWorker", "-w", «"4"», "app:app"]\n',
      good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nCMD ["gunicorn", "-k", "uvicorn.workers.UvicornWorker", "-w", "1", "app:app"]\n',
    },
    {
      files: { 'compose.yaml': 'services:\n  api:\n    build: .\n    gpus: all\n' },
      bad: 'FROM python:3.12-slim\nCMD uvicorn app:app «--workers=2»\n',
    },
    {
      title: 'one worker, or no GPU',
      good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nCMD ["gunicorn", "-w", "1", "app:app"]\n',
    },
    { good: 'FROM python:3.12-slim\nCMD ["gunicorn", "-w", "4", "app:app"]\n' },
  ],
  *check(file, world) {
    const [stage] = shippedStages(file);
    const image = stage && rootImage(file, stage, world.options.buildArgs);
    if (!stage || image === undefined) return;
    const gpu =
      /(?:^|\/)nvidia\/cuda|cuda\d|^nvcr\.io\/nvidia\/(?:pytorch|tensorflow|cuda|jax)/.test(image) ||
      builtServices(file, world).some(({ service }) => asksGpu(service.node));
    if (!gpu) return;
    for (const { words } of startCommands(file, stage)) {
      const found = workers(words);
      const word = found && words[found.at];
      if (found && word)
        yield {
          span: word.span,
          message: `${found.count} workers of ${found.program} are ${found.count} processes, each with a model of its own on the GPU: ${found.count} times the memory. Use one, and batch requests in it.`,
          fixes: [
            {
              title: 'Start one worker',
              safe: false,
              edits: [{ span: word.span, text: word.text.replace(/\d+(?=\D*$)/, '1') }],
            },
          ],
        };
    }
  },
});
