import { addKey } from '../../compose/insert.ts';
import { entry, get } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { folderOf } from '../../text/paths.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';

export default composeRule({
  id: 'gpu-image-no-reservation',
  severity: 'warning',
  title: 'Give a GPU to a service that needs one',
  why: 'A container sees no GPU unless it asks for one. vLLM then stops with «Failed to infer device type», others run on the CPU, a hundred times slower.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'deploy', 'gpus', 'runtime', 'devices', 'device_cgroup_rules'],
  examples: [
    {
      bad: 'services:\n  llm:\n    image: «vllm/vllm-openai:v0.11.0»\n    shm_size: 8gb\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    gpus: all\n    shm_size: 8gb\n',
    },
    {
      title: 'an image that is built on one',
      files: { Dockerfile: 'FROM vllm/vllm-openai:v0.11.0\nRUN pip install --no-cache-dir qwen-vl-utils\n' },
      bad: 'services:\n  llm:\n    build: «.»\n    shm_size: 8gb\n',
      good: 'services:\n  llm:\n    build: .\n    gpus: all\n    shm_size: 8gb\n',
    },
    {
      title: 'for the CPU, or for another GPU',
      good: 'services:\n  a:\n    image: vllm/vllm-openai:v0.11.0-cpu\n    shm_size: 8gb\n  b:\n    image: ghcr.io/huggingface/text-generation-inference:3.3.4-intel-cpu\n    shm_size: 8gb\n  c:\n    image: company/vllm:1\n    shm_size: 8gb\n',
    },
    {
      title: 'an override file asks for it',
      files: { 'compose.gpu.yaml': 'services:\n  llm:\n    gpus: all\n' },
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    shm_size: 8gb\n',
    },
  ],
  *check(file, world) {
    const { knowledge, workspace } = world;
    if (/(?:^|[/_.-])(?:cpu|xeon|epyc|rocm|hpu|gaudi|xpu)(?:[/_.-]|$)/i.test(file.source.path)) return;
    const folder = folderOf(file.source.path);
    for (const { name, node } of file.services) {
      const built = serviceBuild(file, node, world);
      // A Dockerfile that starts something else may need none.
      const kept = built && !allInstructions(built.stage).some(({ keyword }) => keyword === 'ENTRYPOINT' || keyword === 'CMD');
      const image = built ? (kept ? rootImage(built.dockerfile, built.stage, built.buildArgs) : undefined) : serviceImage(node);
      const known = image === undefined ? undefined : serviceFacts(knowledge, image);
      const place = built ? get(node, 'build') : get(node, 'image');
      if (
        known?.gpu !== 'required' ||
        known.sure !== 'certain' ||
        image === undefined ||
        // A company's own build of the same name may be made for the CPU.
        !known.images.some((each) => image.replace(/^docker\.io\//, '').startsWith(each)) ||
        entry(node, 'entrypoint') ||
        !place ||
        /cpu|rocm|hpu|gaudi|xpu|intel|neuron|tpu|amd/i.test(image)
      )
        continue;
      if (
        gpuRequest(node) ||
        entry(node, 'extends') ||
        entry(node, 'devices') ||
        entry(node, 'deploy') ||
        entry(node, 'device_cgroup_rules')
      )
        continue;
      const elsewhere = workspace
        .composeFiles()
        .some(
          ({ source, services }) =>
            source.path !== file.source.path &&
            folderOf(source.path) === folder &&
            services.some((other) => other.name === name && gpuRequest(other.node)),
        );
      if (elsewhere) continue;
      const edit = addKey(file.source, node, 'gpus', 'all');
      yield {
        span: place.span,
        ...(built ? { severity: 'info' as const } : {}),
        message: `${known.name} needs a GPU, and this service asks for none.`,
        fixes: edit ? [{ title: 'Add gpus: all', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
