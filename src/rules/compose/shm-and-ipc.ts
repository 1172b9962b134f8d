import { removeKey } from '../../compose/insert.ts';
import { entry, get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'shm-and-ipc',
  severity: 'info',
  title: 'Say shm_size or ipc: host',
  why: 'With `ipc: host` the container uses the host’s `/dev/shm`, whatever `shm_size` says.',
  looksAt: ['ipc', 'shm_size'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    ipc: host\n    «shm_size: 8gb»\n',
      good: 'services:\n  a:\n    image: a:1\n    ipc: host\n',
    },
    { good: 'services:\n  a:\n    image: a:1\n    ipc: shareable\n    shm_size: 8gb\n' },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const size = entry(node, 'shm_size');
      if (!size || size.merged || text(get(node, 'ipc')) !== 'host') continue;
      const edit = removeKey(file.source, node, 'shm_size');
      yield {
        span: { start: size.keySpan.start, end: size.value.span.end },
        message: 'With ipc: host, shm_size has no effect.',
        fixes: edit ? [{ title: 'Remove shm_size', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
