import { addKey } from '../../compose/insert.ts';
import { entry, get, text } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { serviceImage } from '../shared/composeImage.ts';

export default composeRule({
  id: 'healthcheck-start-period',
  severity: 'info',
  title: 'Wait for the model before counting failures',
  why: 'A serving image loads a model for minutes before it answers. Without a `start_period` the checks fail meanwhile, and the container is reported unhealthy, or replaced, before it has begun.',
  looksAt: ['image', 'build', 'healthcheck'],
  examples: [
    {
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    gpus: all\n    ipc: host\n    healthcheck:\n      «test»: curl -f http://localhost:8000/health\n      interval: 10s\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    gpus: all\n    ipc: host\n    healthcheck:\n      test: curl -f http://localhost:8000/health\n      start_period: 600s\n      interval: 10s\n',
    },
    {
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    gpus: all\n    ipc: host\n    healthcheck:\n      test: curl -f http://localhost:8000/health\n      start_period: 10m\n',
    },
  ],
  *check(file, { knowledge }) {
    for (const { node } of file.services) {
      const check = get(node, 'healthcheck');
      const test = entry(check, 'test');
      const known = serviceFacts(knowledge, serviceImage(node) ?? '');
      const needed = seconds(known?.startPeriod);
      if (check?.kind !== 'map' || !test || test.merged || !known || known.gpu !== 'required' || needed === undefined || needed < 60)
        continue;
      const given =
        (seconds(text(get(check, 'start_period'))) ?? 0) +
        (seconds(text(get(check, 'interval'))) ?? 30) * Number(text(get(check, 'retries')) ?? 3);
      if (Number.isNaN(given) || given >= needed / 2) continue;
      const edit = entry(check, 'start_period')
        ? undefined
        : addKey(file.source, check, 'start_period', `${needed}s`, ['interval', 'test']);
      yield {
        span: test.keySpan,
        message: `${known.name} needs up to ${needed} s to load a model, and after ${given} s this check calls it unhealthy. Set start_period.`,
        fixes: edit ? [{ title: `Set start_period: ${needed}s`, safe: true, edits: [edit] }] : [],
      };
    }
  },
});

function seconds(text: string | undefined): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text ?? '');
  return match?.[0] ? Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) : undefined;
}
