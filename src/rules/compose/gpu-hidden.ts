import { removeItem, removeKey } from '../../compose/insert.ts';
import { entry, get, type MapNode, type Node } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import type { Edit, Source } from '../../text/text.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';
import { givenVariables, standsIn } from '../shared/serviceSettings.ts';

export default composeRule({
  id: 'gpu-hidden',
  severity: 'warning',
  title: 'Hide no GPU that the service reserves',
  why: 'CUDA reads `CUDA_VISIBLE_DEVICES` up to the first number that is none: empty, `-1`, `none` and also `all` hide every GPU. The container holds its GPU, and programs in it say «no CUDA-capable device is detected» or compute on the CPU. All GPUs that the container was given are visible when the variable is not set.',
  looksAt: ['environment', 'env_file', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: train:1\n    gpus: all\n    environment:\n      CUDA_VISIBLE_DEVICES: «""»\n      EPOCHS: "3"\n',
      good: 'services:\n  train:\n    image: train:1\n    gpus: all\n    environment:\n      EPOCHS: "3"\n',
    },
    {
      title: '«all» is for NVIDIA_VISIBLE_DEVICES',
      bad: 'services:\n  serve:\n    image: serve:1\n    environment:\n      - NVIDIA_VISIBLE_DEVICES=all\n      - «CUDA_VISIBLE_DEVICES=all»\n    deploy: {resources: {reservations: {devices: [{driver: nvidia, count: all, capabilities: [gpu]}]}}}\n',
      good: 'services:\n  serve:\n    image: serve:1\n    environment:\n      - NVIDIA_VISIBLE_DEVICES=all\n    deploy: {resources: {reservations: {devices: [{driver: nvidia, count: all, capabilities: [gpu]}]}}}\n',
    },
    {
      title: 'the NVIDIA runtime gives none',
      bad: 'services:\n  train:\n    image: train:1\n    runtime: nvidia\n    environment: {NVIDIA_VISIBLE_DEVICES: «void», CUDA_VISIBLE_DEVICES: «"-1"»}\n',
    },
    {
      title: 'in an env file',
      files: { '.env': 'CUDA_VISIBLE_DEVICES=-1\n' },
      bad: 'services:\n  train:\n    image: train:1\n    env_file: [«.env»]\n    gpus: all\n  cpu:\n    image: cpu:1\n    env_file: [.env]\n',
    },
    {
      title: 'no GPU is reserved; some are meant; the shell says which; the engine writes it anew',
      good: 'services:\n  a:\n    image: a:1\n    environment: {CUDA_VISIBLE_DEVICES: ""}\n  b:\n    image: b:1\n    gpus: all\n    environment: {CUDA_VISIBLE_DEVICES: "0,1"}\n  c:\n    image: c:1\n    gpus: all\n    environment: [CUDA_VISIBLE_DEVICES, "NVIDIA_VISIBLE_DEVICES=${GPUS:-none}"]\n  d:\n    image: d:1\n    gpus: all\n    environment: {CUDA_VISIBLE_DEVICES: "${GPUS}", NVIDIA_VISIBLE_DEVICES: none}\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const request = gpuRequest(node);
      if (!request || request.count === 0) continue;
      const variables = givenVariables(file, node, world);
      const cuda = variables.get('CUDA_VISIBLE_DEVICES');
      if (cuda?.value !== undefined && /^\s*(?:$|-1\b|all$|none$|void$)/i.test(cuda.value))
        yield {
          span: cuda.node.span,
          message: `A GPU is reserved, and ${cuda.value.trim() ? `«${cuda.value.trim()}»` : 'an empty CUDA_VISIBLE_DEVICES'}${standsIn(cuda)} hides it: CUDA finds no device. Leave the variable out, or count from 0.`,
          fixes: (cuda.path === undefined ? without(file.source, node, 'CUDA_VISIBLE_DEVICES', cuda.node) : []).map((edit) => ({
            title: 'Leave CUDA_VISIBLE_DEVICES out',
            safe: false,
            edits: [edit],
          })),
        };
      // A request by `gpus` or a reservation overwrites this one; the runtime alone reads it.
      const nvidia = variables.get('NVIDIA_VISIBLE_DEVICES');
      if (request.node === get(node, 'runtime') && nvidia?.value !== undefined && /^(?:void|none)$/.test(nvidia.value))
        yield {
          span: nvidia.node.span,
          message: `The service asks for the NVIDIA runtime, and «${nvidia.value}»${standsIn(nvidia)} makes it give no GPU. Name the GPUs, or «all».`,
        };
    }
  },
});

/** Takes a variable out of the environment, where it is not alone there. */
function without(file: Source, service: MapNode, name: string, node: Node): readonly Edit[] {
  const environment = entry(service, 'environment');
  const { value } = environment ?? {};
  if (environment?.merged || value === undefined || value.kind === 'scalar') return [];
  if (value.kind === 'list') return [removeItem(file, value, node)].filter((edit) => edit !== undefined);
  return value.entries.length > 1 && !value.entries.some(({ merged }) => merged)
    ? [removeKey(file, value, name)].filter((edit) => edit !== undefined)
    : [];
}
