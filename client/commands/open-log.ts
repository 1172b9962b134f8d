import { logText } from '../logs/text.ts';
import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'open-log',
  title: 'Open the Log as a Document',
  on: {},
  async run({ logs, ui }) {
    const session = logs.current;
    if (!session) {
      await ui.inform('No log is shown now.');
      return;
    }
    session.flush();
    const { title, sources } = session.head;
    await ui.show(`${title}.log`, logText(session.lines.from(0), sources, { times: false, stream: 'all' }));
  },
});
