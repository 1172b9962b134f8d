import { entryAt, stringsIn, valueAt } from '../../devcontainer/parse.ts';
import { devcontainerRule } from '../../lint/rule.ts';

export default devcontainerRule({
  id: 'devcontainer-gpu-requirement',
  severity: 'error',
  title: 'Say in hostRequirements.gpu what there is to say',
  why: '`hostRequirements.gpu` is `true`, `false`, `"optional"` or an object with `cores` and `memory`. With `"optional"` the container has the GPU where there is one and starts without where there is none. Anything else is not understood.',
  examples: [
    {
      bad: '{ "image": "python:3.12", "hostRequirements": { "gpu": «"true"» } }\n',
      good: '{ "image": "python:3.12", "hostRequirements": { "gpu": true } }\n',
    },
    {
      bad: '{ "image": "python:3.12", "hostRequirements": { "gpu": «"all"» } }\n',
      good: '{ "image": "python:3.12", "hostRequirements": { "gpu": "optional" } }\n',
    },
    { bad: '{ "image": "python:3.12", "hostRequirements": { "gpu": { «"count"»: 2 } } }\n' },
    {
      bad: '{ "image": "python:3.12", "hostRequirements": { "gpu": { "memory": «"16"» } } }\n',
      good: '{ "image": "python:3.12", "hostRequirements": { "gpu": { "memory": "16gb" } } }\n',
    },
    { good: '{ "image": "python:3.12", "hostRequirements": { "gpu": { "cores": 1000, "memory": "32gb" } } }\n' },
    { good: '{ "image": "python:3.12", "hostRequirements": { "gpu": "optional" } }\n' },
  ],
  *check({ root }) {
    const gpu = valueAt(root, 'hostRequirements', 'gpu');
    if (!gpu) return;
    if (gpu.kind === 'scalar') {
      const { value, span } = gpu;
      if (typeof value === 'boolean' || value === 'optional') return;
      const text = value === 'true' || value === 'false' ? value : '"optional"';
      yield {
        span,
        message: `${JSON.stringify(value)} is nothing that hostRequirements.gpu can be: it is true, false, "optional" or an object with cores and memory.`,
        fixes: [{ title: `Use ${text}`, safe: false, edits: [{ span, text }] }],
      };
      return;
    }
    if (gpu.kind === 'list') {
      yield { span: gpu.span, message: 'hostRequirements.gpu is true, false, "optional" or an object with cores and memory, not a list.' };
      return;
    }
    for (const { key, keySpan } of gpu.entries)
      if (key !== 'cores' && key !== 'memory')
        yield {
          span: keySpan,
          message: `hostRequirements.gpu knows cores and memory, not «${key}». GPUs are chosen with "--gpus" in runArgs.`,
        };
    const [memory] = stringsIn(entryAt(gpu, 'memory')?.value);
    if (memory && !/^\d+(?:[tgmk]b)$/.test(memory.text))
      yield {
        span: memory.node.span,
        message: `«${memory.text}» is no size here: write a whole number with tb, gb, mb or kb, such as "16gb".`,
        fixes: /^\d+$/.test(memory.text)
          ? [{ title: `Use ${memory.text}gb`, safe: false, edits: [{ span: memory.node.span, text: `"${memory.text}gb"` }] }]
          : [],
      };
  },
});
