import type { ScalarNode } from '../../compose/model.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { slice, type Source } from '../../text/text.ts';
import { asksGpu } from '../shared/gpu.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { launched } from '../shared/startCommand.ts';
import { workers } from '../shared/workers.ts';

export default composeRule({
  id: 'workers-with-gpu-model',
  severity: 'hint',
  title: 'Load a model onto a GPU once',
  why: 'Each worker is a process of its own and loads the model of its own: four workers need four times the memory of the GPU, and end with «CUDA out of memory». One worker with batching, or one container a GPU, serves more.',
  looksAt: ['command', 'entrypoint', 'environment', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    gpus: all\n    command: ["uvicorn", "app:app", "--workers", «"4"»]\n',
      good: 'services:\n  api:\n    image: api:1\n    gpus: all\n    command: ["uvicorn", "app:app", "--workers", "1"]\n',
    },
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
          fixes: word.node.kind === 'scalar' ? one(file.source, word.node, word.value) : [],
        };
    }
  },
});

/** A fix that asks for one worker: `4`, `--workers=4`, or `--workers 4` in the middle of a command. */
function one(file: Source, node: ScalarNode, word: string): readonly Fix[] {
  const written = slice(file, node.span);
  const found = /^\d+$/.test(word) && node.text !== word ? /(?:--workers|-w)\s+(\d+)/d.exec(written) : /(\d+)["']?$/d.exec(written);
  const [from, to] = found?.indices?.[1] ?? [];
  if (from === undefined || to === undefined || node.span.start < 0) return [];
  return [
    { title: 'Use one worker', safe: false, edits: [{ span: { start: node.span.start + from, end: node.span.start + to }, text: '1' }] },
  ];
}
