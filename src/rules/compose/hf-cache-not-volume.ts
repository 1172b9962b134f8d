import { mountVolume } from '../../compose/declare.ts';
import { environmentOf } from '../../compose/insert.ts';
import { entry, get, items } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { inherits } from '../shared/published.ts';
import { imageServices } from '../shared/serviceImages.ts';

/** Where services that download models keep them. */
const caches: Readonly<Record<string, string>> = {
  vllm: '/root/.cache/huggingface',
  sglang: '/root/.cache/huggingface',
  tgi: '/data',
  tei: '/data',
};

export default composeRule({
  id: 'hf-cache-not-volume',
  severity: 'warning',
  title: 'Keep downloaded models in a volume',
  why: 'vLLM, SGLang and Text Generation Inference download the model at start, tens of GB. Without a volume at their cache they do it again whenever the container is made anew: after every `down`, new image or changed setting.',
  reach: ['image', 'build', 'volumes', 'volumes_from', 'environment'],
  examples: [
    {
      bad: 'services:\n  llm:\n    image: «vllm/vllm-openai:v0.11.0»\n    command: --model Qwen/Qwen2.5-7B-Instruct\n    gpus: all\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    volumes: ["llm-cache:/root/.cache/huggingface"]\n    command: --model Qwen/Qwen2.5-7B-Instruct\n    gpus: all\nvolumes:\n  llm-cache:\n',
    },
    {
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: --model Qwen/Qwen2.5-7B-Instruct\n    volumes:\n      - hf:/root/.cache/huggingface\n',
    },
    {
      title: 'a model of one’s own',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: --model /models/mine\n    volumes: ["./models:/models"]\n',
    },
    { good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    environment: {HF_HOME: /cache}\n    volumes: ["hf:/cache"]\n' },
  ],
  *check(file, { knowledge }) {
    for (const { service, image, node } of imageServices(file)) {
      const known = serviceFacts(knowledge, image);
      const folder = known && caches[known.id];
      const body = service.node;
      if (!known || folder === undefined || inherits(body) || entry(body, 'volumes_from')) continue;
      const elsewhere = [...environmentOf(body).keys()].some(
        (name) => /^(?:HF_|HUGGINGFACE_|TRANSFORMERS_CACHE|VLLM_CACHE|XDG_CACHE)/.test(name) && /HOME|CACHE/.test(name),
      );
      // Any mount may be the model itself.
      if (items(get(body, 'volumes')).length || elsewhere) continue;
      const edits = mountVolume(file, service, 'cache', folder);
      yield {
        span: node.span,
        message: `${known.name} downloads its model to ${folder}, and no volume is there: tens of GB again each time the container is made anew. Mount one.`,
        fixes: edits ? [{ title: 'Mount a named volume', safe: false, edits }] : [],
      };
    }
  },
});
