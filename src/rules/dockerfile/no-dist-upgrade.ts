import { managerCalls } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'no-dist-upgrade',
  severity: 'info',
  title: 'Take a newer base image instead of upgrading the distribution',
  why: 'An upgrade of the whole distribution writes every upgraded file a second time into the image, gives another image every day, and may move CUDA or Python libraries away from what the base image was tested with.',
  also: ['hadolint:DL3035', 'trivy:DS024'],
  looksAt: ['RUN dist-upgrade', 'RUN full-upgrade', 'RUN dup'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && «apt-get dist-upgrade» -y\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n',
    },
    { bad: 'FROM opensuse/leap:15.6\nRUN «zypper dup» -y\n', good: 'FROM opensuse/leap:15.6\nRUN zypper update -y\n' },
    { good: 'FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n' },
  ],
  *check(file) {
    for (const { manager, action, verb, run } of managerCalls(file)) {
      const zypper = manager === 'zypper' && /^(?:dist-upgrade|dup)$/.test(action);
      const apt = /^apt/.test(manager) && /^(?:dist-upgrade|full-upgrade)$/.test(action);
      if (!verb || !(zypper || apt)) continue;
      yield {
        span: { start: run.head.span.start, end: verb.span.end },
        message: `«${manager} ${action}» replaces the distribution that the base image was tested with. Use a newer base image.`,
        fixes: [
          {
            title: `Use ${manager} ${zypper ? 'update' : 'upgrade'}`,
            safe: false,
            edits: [{ span: verb.span, text: zypper ? 'update' : 'upgrade' }],
          },
        ],
        also: [zypper ? 'hadolint:DL3035' : 'trivy:DS024'],
      };
    }
  },
});
