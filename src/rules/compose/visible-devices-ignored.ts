import { environmentOf } from '../../compose/insert.ts';
import { entry, get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';

export default composeRule({
  id: 'visible-devices-ignored',
  severity: 'warning',
  title: 'Choose GPUs in the request, not beside it',
  why: 'The engine writes `NVIDIA_VISIBLE_DEVICES` itself from `gpus` or the device reservation, over what the file says. The container gets the GPUs of the request, not those of the variable.',
  looksAt: ['environment', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: train:1\n    gpus: all\n    environment:\n      NVIDIA_VISIBLE_DEVICES: «"1"»\n',
      good: 'services:\n  train:\n    image: train:1\n    gpus: [{driver: nvidia, device_ids: ["1"]}]\n    environment:\n      NVIDIA_VISIBLE_DEVICES: "1"\n',
    },
    {
      title: 'the runtime reads it; all of all; a variable',
      good: 'services:\n  a:\n    image: a:1\n    runtime: nvidia\n    environment: {NVIDIA_VISIBLE_DEVICES: "1"}\n  b:\n    image: b:1\n    gpus: all\n    environment: [NVIDIA_VISIBLE_DEVICES=all]\n  c:\n    image: c:1\n    gpus: all\n    environment: {NVIDIA_VISIBLE_DEVICES: "${GPU}"}\n',
    },
  ],
  *check({ services }) {
    for (const { node } of services) {
      const variable = environmentOf(node).get('NVIDIA_VISIBLE_DEVICES');
      const request = gpuRequest(node);
      if (!variable?.value || !request || text(entry(node, 'runtime')?.value) !== undefined) continue;
      if (!/^(?:\d+|GPU-[\w-]+)(?:,(?:\d+|GPU-[\w-]+))*$/.test(variable.value)) continue;
      const wanted = variable.value.split(',');
      const given = request.ids ?? (request.count === undefined ? undefined : Array.from({ length: request.count }, (_, at) => String(at)));
      if (given && given.length === wanted.length && wanted.every((id) => given.includes(id))) continue;
      const gpus = get(node, 'gpus');
      const ids = `[{driver: nvidia, device_ids: [${wanted.map((id) => `"${id}"`).join(', ')}]}]`;
      const whole = gpus?.kind === 'scalar' && request.node === gpus ? { span: gpus.span, text: ids } : undefined;
      yield {
        span: variable.node.span,
        message: `The request gives ${given ? `GPU ${given.join(', ')}` : 'every GPU'}, and the engine writes this variable anew: «${variable.value}» has no effect. Name the GPUs as device_ids.`,
        fixes: whole ? [{ title: 'Name the GPUs in the request', safe: false, edits: [whole] }] : [],
      };
    }
  },
});
