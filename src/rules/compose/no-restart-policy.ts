import { addKey } from '../../compose/insert.ts';
import { entry, get } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { serviceImage } from '../shared/composeImage.ts';

export default composeRule({
  id: 'no-restart-policy',
  severity: 'hint',
  enabled: false,
  quiet: 'For development and for jobs, not to start again is right.',
  title: 'Start servers again after a failure or a reboot',
  why: 'Without a restart policy a service that was killed for memory, or whose host was rebooted, stays away. Off by default: development files do well without.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'deploy', 'restart'],
  examples: [
    {
      bad: 'services:\n  «db»:\n    image: postgres:17\n',
      good: 'services:\n  db:\n    image: postgres:17\n    restart: unless-stopped\n',
    },
    { good: 'services:\n  db:\n    image: postgres:17\n    restart: "no"\n' },
  ],
  *check(file, { knowledge }) {
    for (const { node, name, nameSpan } of file.services) {
      if (
        entry(node, 'restart') ||
        get(node, 'deploy', 'restart_policy') ||
        entry(node, 'extends') ||
        entry(node, 'command') ||
        !serviceFacts(knowledge, serviceImage(node) ?? '')
      )
        continue;
      const edit = addKey(file.source, node, 'restart', 'unless-stopped');
      yield {
        span: nameSpan,
        message: `«${name}» does not start again after a failure or a reboot.`,
        fixes: edit ? [{ title: 'Add restart: unless-stopped', safe: false, edits: [edit] }] : [],
      };
    }
  },
});
