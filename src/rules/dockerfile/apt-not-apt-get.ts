import { managerCalls } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { systemManagers } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'apt-not-apt-get',
  severity: 'hint',
  quiet: '`apt` warns that its output may change, and works.',
  title: 'Use apt-get in scripts',
  why: '`apt` is made for people: it says itself that its command line is not stable and should not be used in scripts. `apt-get` and `apt-cache` are.',
  also: ['hadolint:DL3027', 'checkov:CKV_DOCKER_9'],
  looksAt: systemManagers,
  examples: [
    {
      bad: 'FROM debian:12\nRUN «apt» update && «apt» install -y curl\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
    },
    { bad: 'FROM debian:12\nRUN «apt» search cuda\n', good: 'FROM debian:12\nRUN apt-cache search cuda\n' },
    { good: 'FROM debian:12\nRUN apt-get update && apt-get install -y apt\n' },
  ],
  *check(file) {
    for (const { manager, action, run } of managerCalls(file)) {
      if (manager !== 'apt') continue;
      const better = /^(?:search|show|policy|depends|rdepends|madison|showsrc)$/.test(action) ? 'apt-cache' : 'apt-get';
      const same = better === 'apt-cache' || sameVerbs.has(action);
      yield {
        span: run.head.span,
        message: `apt promises no stable command line for scripts: use ${better}.`,
        fixes:
          same && run.head.text === 'apt' ? [{ title: `Use ${better}`, safe: true, edits: [{ span: run.head.span, text: better }] }] : [],
      };
    }
  },
});

const sameVerbs = new Set([
  'install',
  'update',
  'upgrade',
  'remove',
  'purge',
  'autoremove',
  'clean',
  'autoclean',
  'source',
  'build-dep',
  'download',
]);
