import { composeRule } from '../../lint/rule.ts';
import { imageServices } from '../shared/serviceImages.ts';

const ended: readonly { readonly name: RegExp; readonly what: string; readonly instead: string }[] = [
  {
    name: /^pytorch\/torchserve/,
    what: 'TorchServe was archived in August 2025',
    instead: 'Triton, vLLM, BentoML or KServe serve PyTorch models',
  },
  {
    name: /^huggingface\/text-generation-inference$/,
    what: 'Text Generation Inference is in maintenance',
    instead: 'vLLM or SGLang go on',
  },
  { name: /^seldonio\/seldon-core/, what: 'Seldon Core 1 has ended', instead: 'MLServer with Seldon Core 2, or KServe go on' },
  { name: /^condaforge\/mambaforge/, what: 'Mambaforge ended in 2024', instead: 'condaforge/miniforge3 has mamba' },
];

export default composeRule({
  id: 'archived-service',
  severity: 'info',
  title: 'Prefer serving software that is still developed',
  why: 'Some of the well-known serving systems are archived or in maintenance: no fixes, no support for new models and GPUs.',
  looksAt: ['image', 'build'],
  examples: [
    { bad: 'services:\n  serve:\n    image: «pytorch/torchserve:0.12.0-gpu»\n' },
    { bad: 'services:\n  llm:\n    image: «ghcr.io/huggingface/text-generation-inference:3.3.5»\n' },
    { good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n' },
  ],
  *check(file) {
    for (const { parts, node } of imageServices(file)) {
      const row = ended.find(({ name }) => name.test(parts.name));
      if (row) yield { span: node.span, message: `${row.what}. ${row.instead}.` };
    }
  },
});
