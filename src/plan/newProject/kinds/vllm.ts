import { platform, upCommand } from '../compose.ts';
import type { ProjectKind } from '../kind.ts';

const kind: ProjectKind = {
  id: 'vllm',
  title: 'Language model with vLLM',
  detail: 'An OpenAI-compatible API on a GPU, with a page to chat',
  python: false,
  gpu: 'required',
  variants: [
    { id: 'api', title: 'The API alone', detail: 'vLLM on port 8000' },
    { id: 'chat', title: 'With a chat page', detail: 'vLLM and Open WebUI' },
  ],
  suits: ({ packages }) =>
    packages.has('vllm') || packages.has('openai') ? 'vLLM or the OpenAI client is in the requirements' : undefined,
  make({ survey, variant }, tables) {
    const made = platform(survey, variant === 'chat' ? ['vllm', 'open-webui-vllm'] : ['vllm'], tables);
    return { ...made, settings: { HF_TOKEN: '', VLLM_MODEL: 'Qwen/Qwen2.5-1.5B-Instruct' }, start: upCommand(false, 'up') };
  },
};
export default kind;
