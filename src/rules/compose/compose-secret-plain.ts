import { environmentOf } from '../../compose/insert.ts';
import { composeRule } from '../../lint/rule.ts';

/** Tokens that show by their shape what they open. */
const tokens: readonly { readonly shape: RegExp; readonly what: string }[] = [
  { shape: /^hf_[A-Za-z0-9]{30,}$/, what: 'a Hugging Face token' },
  { shape: /^sk-(?:proj-|ant-)?[\w-]{20,}$/, what: 'an API key' },
  // Letters alone are the words of an example: of a hundred true ones, three have no digit.
  { shape: /^(?:AKIA|ASIA)(?=[A-Z]*\d)[A-Z0-9]{16}$/, what: 'an AWS access key' },
  { shape: /^gh[pousr]_\w{30,}$/, what: 'a GitHub token' },
  { shape: /^glpat-[\w-]{20,}$/, what: 'a GitLab token' },
  { shape: /^nvapi-[\w-]{40,}$/, what: 'an NVIDIA API key' },
  { shape: /^xox[bpars]-[\w-]{20,}$/, what: 'a Slack token' },
];

export default composeRule({
  id: 'compose-secret-plain',
  severity: 'warning',
  title: 'Keep tokens out of the Compose file',
  why: 'A Compose file is committed: a token in it is in the history of the repository for good. Put it in `.env`, which git ignores, or in `secrets:`.',
  looksAt: ['environment'],
  examples: [
    {
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    environment:\n      HF_TOKEN: «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»\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    environment:\n      HF_TOKEN: ${HF_TOKEN:?set HF_TOKEN}\n',
    },
    {
      title: 'placeholders',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    environment:\n      HF_TOKEN: hf_xxx\n      OPENAI_API_KEY: sk-no-key-required\n      AWS_ACCESS_KEY_ID: AKIAIOSFOLKFSSTORAGE\n',
    },
  ],
  *check(file) {
    const reported = new Set<number>();
    for (const { node } of file.services)
      for (const [name, { value = '', node: place }] of environmentOf(node)) {
        const found = tokens.find(({ shape }) => shape.test(value));
        if (
          !found ||
          reported.has(place.span.start) ||
          /x{6}|0{8}|1234567|example|sample|required|dummy|fake|your|change|placeholder|test/i.test(value)
        )
          continue;
        reported.add(place.span.start);
        const list = place.kind === 'scalar' && place.text !== value;
        yield {
          span: place.span,
          message: `${name} holds ${found.what}: it is in the repository’s history for good. Revoke it and take the new one from .env.`,
          fixes: list
            ? []
            : [
                {
                  title: `Take it from the variable ${name}`,
                  safe: false,
                  edits: [{ span: place.span, text: `\${${name}:?set ${name}}` }],
                },
              ],
        };
      }
  },
});
