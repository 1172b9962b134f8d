import { given, managerCalls } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'apk-virtual',
  severity: 'hint',
  enabled: false,
  title: 'Give packages that are removed again a name together',
  why: '`apk add --virtual .build-deps gcc musl-dev` and `apk del .build-deps` at the end of the RUN take away just what came, and a package that is added to the first list cannot be forgotten in the second.',
  also: ['dockerfilelint:apkadd-missing-virtual'],
  looksAt: ['RUN apk'],
  examples: [
    { bad: 'FROM alpine:3.22\nRUN «apk add» --no-cache gcc && make && apk del gcc\n' },
    {
      title: 'named, or not removed in this RUN',
      good: 'FROM alpine:3.22\nRUN apk add --no-cache -t .build gcc && make && apk del .build\nRUN apk add --no-cache curl\nRUN apk del curl\n',
    },
  ],
  *check(file) {
    const calls = managerCalls(file).filter(({ manager }) => manager === 'apk');
    for (const { action, options, operands, verb, run } of calls) {
      if (action !== 'add' || !verb || given(options, 't', '--virtual')) continue;
      const names = new Set(operands.map(({ value }) => value.replace(/[=<>~].*$/, '')));
      const removed = calls.find(
        (each) =>
          each.action === 'del' &&
          each.run.instruction === run.instruction &&
          each.verb !== undefined &&
          each.verb.span.start > verb.span.start &&
          each.operands.some(({ value }) => names.has(value)),
      );
      if (!removed) continue;
      yield {
        span: { start: run.head.span.start, end: verb.span.end },
        message: `What is added here is removed again by its own names. Give it one with --virtual .build-deps, and remove that.`,
      };
    }
  },
});
