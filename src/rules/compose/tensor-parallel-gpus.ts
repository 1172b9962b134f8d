import { text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';
import { commandWords, optionValue } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'tensor-parallel-gpus',
  severity: 'error',
  title: 'Reserve as many GPUs as the model is split over',
  why: 'Tensor and pipeline parallelism need one GPU for each part. With fewer, vLLM, SGLang and TGI stop while starting.',
  looksAt: ['command', 'entrypoint', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    ipc: host\n    command: «--model m --tensor-parallel-size 2»\n    gpus: [{count: 1}]\n',
    },
    {
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    ipc: host\n    command: ["--model", "m", "-tp", «"4"»]\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              count: 2\n              capabilities: [gpu]\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    ipc: host\n    command: ["--model", "m", "-tp", "4"]\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              count: 4\n              capabilities: [gpu]\n',
    },
    {
      title: 'enough, or all of them',
      good: 'services:\n  a:\n    image: vllm/vllm-openai:v0.11.0\n    ipc: host\n    command: -tp 2\n    gpus: [{count: 2}]\n  b:\n    image: vllm/vllm-openai:v0.11.0\n    ipc: host\n    command: -tp 8\n    gpus: all\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const words = commandWords(node);
      const tensor = optionValue(words, '--tensor-parallel-size', '-tp', '--tp', '--tp-size', '--num-shard');
      const pipeline = optionValue(words, '--pipeline-parallel-size', '-pp', '--pp-size');
      const request = gpuRequest(node);
      const wanted = Number(tensor?.value ?? 1) * Number(pipeline?.value ?? 1);
      if (!tensor || !request?.count || !Number.isInteger(wanted) || wanted <= request.count) continue;
      yield {
        span: tensor.node.span,
        message: `The model is split over ${wanted} GPUs, and the service is given ${request.count}.`,
        fixes:
          request.ids || text(request.node) === undefined
            ? []
            : [{ title: `Reserve ${wanted} GPUs`, safe: true, edits: [{ span: request.node.span, text: String(wanted) }] }],
      };
    }
  },
});
