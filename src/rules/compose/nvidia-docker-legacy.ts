import { addKey, removeKey } from '../../compose/insert.ts';
import { entry, get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'nvidia-docker-legacy',
  severity: 'hint',
  quiet: 'It still works where the runtime is set up.',
  title: 'Ask for GPUs with gpus or a reservation',
  why: '`runtime: nvidia` is the way of nvidia-docker2, which is retired. It works only where that runtime is set up in the engine, and gives all GPUs whatever the service needs. `gpus: all`, or a reservation below `deploy`, works with every way of handing GPUs on, and says how many.',
  examples: [
    {
      bad: 'services:\n  train:\n    image: train:1\n    «runtime»: nvidia\n',
      good: 'services:\n  train:\n    image: train:1\n    gpus: all\n',
    },
    {
      title: 'another runtime; both, for old engines',
      good: 'services:\n  a:\n    image: a:1\n    runtime: runsc\n  b:\n    image: b:1\n    runtime: nvidia\n    gpus: all\n',
    },
    {
      title: 'some of the GPUs by the runtime’s variable',
      good: 'services:\n  a:\n    image: a:1\n    runtime: nvidia\n    environment: ["NVIDIA_VISIBLE_DEVICES=0"]\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const runtime = entry(node, 'runtime');
      if (
        !runtime ||
        text(runtime.value) !== 'nvidia' ||
        runtime.merged ||
        entry(node, 'gpus') ||
        items(get(node, 'deploy', 'resources', 'reservations', 'devices')).length
      )
        continue;
      // The variable chooses GPUs with this runtime alone.
      if (/NVIDIA_VISIBLE_DEVICES/.test(file.source.text.slice(node.span.start, node.span.end))) continue;
      const added = addKey(file.source, node, 'gpus', 'all');
      const removed = removeKey(file.source, node, 'runtime');
      yield {
        span: runtime.keySpan,
        message: '«runtime: nvidia» is the way of nvidia-docker2, which is retired, and needs that runtime in the engine. Write gpus: all.',
        fixes: added && removed ? [{ title: 'Write gpus: all', safe: false, edits: [added, removed] }] : [],
      };
    }
  },
});
