import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { serviceImage } from '../shared/composeImage.ts';
import { effectiveServices } from '../shared/composeServices.ts';
import { placeOf, replaceText } from '../shared/replaceText.ts';
import { envFileUrls, serviceUrls } from '../shared/serviceUrls.ts';

/** What OpenAI's own clients and those made after them read; they put `/chat/completions` behind it. */
const base = /^(?:--)?OPENAI[_-](?:API[_-]BASE|BASE[_-]URL|API[_-]BASE[_-]URLS?)$/i;

/** Servers that answer below /v1 only. */
const below = new Set(['vllm', 'sglang', 'ollama', 'tgi']);

export default composeRule({
  id: 'openai-base-path',
  severity: 'info',
  quiet: 'A program may put /v1 behind it itself.',
  title: 'End the address of an OpenAI-compatible server in /v1',
  why: 'OpenAI’s clients put `/chat/completions` behind the base URL. vLLM, SGLang, TGI and Ollama answer at `/v1/chat/completions` only: without `/v1` every call ends with 404.',
  reach: ['environment', 'env_file', 'command', 'entrypoint', 'image'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      OPENAI_BASE_URL: «http://llm:8000»\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      OPENAI_BASE_URL: http://llm:8000/v1\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n',
    },
    {
      title: 'a slash at the end',
      bad: 'services:\n  ui:\n    image: ghcr.io/open-webui/open-webui:v0.6.30\n    environment:\n      - OPENAI_API_BASE_URL=«http://ollama:11434/»\n  ollama:\n    image: ollama/ollama:0.12.0\n',
      good: 'services:\n  ui:\n    image: ghcr.io/open-webui/open-webui:v0.6.30\n    environment:\n      - OPENAI_API_BASE_URL=http://ollama:11434/v1\n  ollama:\n    image: ollama/ollama:0.12.0\n',
    },
    {
      title: 'with its path; servers that answer without it; Ollama’s own interface',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      OPENAI_BASE_URL: http://llm:8000/v1\n      OPENAI_API_BASE: http://proxy:4000\n      OLLAMA_BASE_URL: http://ollama:11434\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n  proxy:\n    image: ghcr.io/berriai/litellm:v1.77.0\n  ollama:\n    image: ollama/ollama:0.12.0\n',
    },
  ],
  *check(file, world) {
    const services = effectiveServices(file, world);
    for (const service of services)
      for (const { variable, host, scheme, written, rest, node, path } of [...serviceUrls(service), ...envFileUrls(file, service, world)]) {
        if (!base.test(variable) || !scheme.startsWith('http') || rest.length > 1) continue;
        const other = services.find(({ name }) => name === host && name !== service.name);
        const image = other && serviceImage(other.node);
        const facts = image === undefined ? undefined : serviceFacts(world.knowledge, image);
        if (!facts || !below.has(facts.id)) continue;
        const right = `${scheme}://${written}/v1`;
        const address = `${scheme}://${written}${rest}`;
        yield {
          span: placeOf(file.source, node, address) ?? node.span,
          message: `${variable}${path === undefined ? '' : ` of ${path}`} is put before /chat/completions, which ${facts.name} has below /v1 only: write ${right}.`,
          fixes: replaceText(file.source, node, right, false, address),
        };
      }
  },
});
