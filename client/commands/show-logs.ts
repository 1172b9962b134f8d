import { sentence } from '../engine/sentences.ts';
import { command } from './command.ts';

export default command({
  id: 'show-logs',
  title: 'Show Logs',
  icon: 'output',
  on: { kind: ['container', 'project'], single: true, inline: 4, group: '2_use@2' },
  async run([subject], { engine, logs }) {
    if (!subject) return;
    const { kind, id, name } = subject;
    logs.follow(await engine(), { kind, id, name }, sentence);
  },
});
