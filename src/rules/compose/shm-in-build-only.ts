import { addKey } from '../../compose/insert.ts';
import { entry, get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';

export default composeRule({
  id: 'shm-in-build-only',
  severity: 'warning',
  title: 'Set shm_size for the service, not for its build',
  why: '`build.shm_size` holds for the RUN lines of the build. The container that runs still has 64 MB of `/dev/shm`.',
  looksAt: ['build', 'deploy', 'gpus', 'runtime', 'devices', 'ipc', 'shm_size'],
  examples: [
    {
      bad: 'services:\n  train:\n    build:\n      context: .\n      «shm_size»: 8gb\n    gpus: all\n',
      good: 'services:\n  train:\n    shm_size: 8gb\n    build:\n      context: .\n      shm_size: 8gb\n    gpus: all\n',
    },
    {
      good: 'services:\n  train:\n    build: {context: ., shm_size: 2gb}\n    shm_size: 8gb\n    gpus: all\n  web:\n    build: {context: ., shm_size: 2gb}\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const size = entry(get(node, 'build'), 'shm_size');
      if (!size || entry(node, 'shm_size') || entry(node, 'ipc') || !gpuRequest(node)) continue;
      const edit = addKey(file.source, node, 'shm_size', text(size.value) ?? '8gb');
      yield {
        span: size.keySpan,
        message: 'This gives shared memory to the build; the service still has 64 MB.',
        fixes: edit ? [{ title: 'Set it for the service too', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
