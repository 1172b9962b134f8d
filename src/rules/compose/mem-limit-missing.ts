import { entry, get } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';

export default composeRule({
  id: 'mem-limit-missing',
  severity: 'hint',
  enabled: false,
  quiet: 'Few Compose files set limits, and on a machine of one’s own none is needed.',
  title: 'Limit the memory of GPU services',
  why: 'Without a limit one job takes all of the host’s memory, and the kernel ends whichever process it likes, the database perhaps. Off by default.',
  looksAt: ['deploy', 'gpus', 'runtime', 'devices', 'mem_limit'],
  examples: [
    { bad: 'services:\n  «train»:\n    image: a:1\n    gpus: all\n' },
    { good: 'services:\n  train:\n    image: a:1\n    gpus: all\n    mem_limit: 32g\n' },
  ],
  *check({ services }) {
    for (const { node, nameSpan, name } of services)
      if (gpuRequest(node) && !entry(node, 'mem_limit') && !get(node, 'deploy', 'resources', 'limits', 'memory') && !entry(node, 'extends'))
        yield { span: nameSpan, message: `«${name}» may take all of the host’s memory: set mem_limit.` };
  },
});
