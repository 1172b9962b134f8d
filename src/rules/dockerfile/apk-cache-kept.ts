import { managerCalls } from '../../dockerfile/packages/system.ts';
import { callsIn, callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { mounted } from '../shared/cacheMount.ts';

export default dockerfileRule({
  id: 'apk-cache-kept',
  severity: 'info',
  title: 'Keep apk’s index out of the image',
  why: '`apk add` with `--update`, or after `apk update`, leaves the package index in `/var/cache/apk`. `--no-cache` fetches it for this one call only.',
  also: ['hadolint:DL3019', 'trivy:DS025'],
  looksAt: ['RUN apk'],
  examples: [
    { bad: 'FROM alpine:3.20\nRUN «apk add» --update git\n', good: 'FROM alpine:3.20\nRUN apk add --no-cache --update git\n' },
    { title: 'a cache mount', good: 'FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add -U git\n' },
    { title: 'removed in the same RUN', good: 'FROM alpine:3.20\nRUN apk update && apk add git && rm -rf /var/cache/apk/*\n' },
  ],
  *check(file) {
    for (const { manager, action, verb, options, run } of managerCalls(file)) {
      if (manager !== 'apk' || action !== 'add' || !verb || options.some(({ name }) => name === '--no-cache')) continue;
      if (mounted(run.instruction, '/var/cache/apk', '/etc/apk/cache')) continue;
      if (callsIn(callsOf(file, 'rm'), run.instruction).some(({ args }) => args.some(({ value }) => /^\/var\/cache\b/.test(value))))
        continue;
      yield {
        span: { start: run.head.span.start, end: verb.span.end },
        message: 'apk may leave its package index in the layer: add --no-cache.',
        fixes: run.instruction.json
          ? []
          : [{ title: 'Add --no-cache', safe: true, edits: [{ span: { start: verb.span.end, end: verb.span.end }, text: ' --no-cache' }] }],
      };
    }
  },
});
