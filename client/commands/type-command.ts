import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'type-command',
  title: 'Open a Terminal with a Command Typed In',
  on: { hidden: true },
  run({ ui }, line) {
    if (typeof line === 'string') ui.typed('Docker', line);
    return Promise.resolve();
  },
});
