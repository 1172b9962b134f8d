import { removeKey } from '../../compose/insert.ts';
import { entry, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { asksGpu } from '../shared/gpu.ts';

export default composeRule({
  id: 'privileged',
  severity: 'warning',
  title: 'Do not run GPU containers privileged',
  why: 'GPUs need a device request, not privileges. A privileged container sees every device of the host and can take it over; it also sees all GPUs, whatever was reserved.',
  looksAt: ['environment', 'deploy', 'gpus', 'runtime', 'devices', 'privileged'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: trainer:1\n    gpus: all\n    «privileged: true»\n',
      good: 'services:\n  train:\n    image: trainer:1\n    gpus: all\n',
    },
    { title: 'for something else', good: 'services:\n  dind:\n    image: docker:27-dind\n    privileged: true\n' },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const privileged = entry(node, 'privileged');
      if (!privileged || !/^(?:true|yes|on|y)$/i.test(text(privileged.value) ?? '') || !asksGpu(node) || privileged.merged) continue;
      const edit = removeKey(file.source, node, 'privileged');
      yield {
        span: { start: privileged.keySpan.start, end: privileged.value.span.end },
        message: 'GPUs need no privileges: with privileged, the container sees every device and GPU of the host, whatever is reserved.',
        fixes: edit ? [{ title: 'Remove privileged', safe: false, edits: [edit] }] : [],
      };
    }
  },
});
