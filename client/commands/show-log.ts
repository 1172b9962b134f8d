import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'show-log',
  title: 'Show the Extension’s Log',
  on: {},
  run({ ui }) {
    ui.revealLog();
    return Promise.resolve();
  },
});
