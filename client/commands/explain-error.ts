import { explainAll } from '../../src/diagnose/explain.ts';
import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'explain-error',
  title: 'Explain an Error Message…',
  icon: 'question',
  on: {},
  async run({ ui, knowledge }, given) {
    const text =
      typeof given === 'string'
        ? given
        : await ui.input('Error message', { prompt: 'Paste a line of a build, of a log, or what docker said.' });
    if (!text) return;
    const found = explainAll(text, knowledge.errors);
    if (!found.length) {
      await ui.inform('This message is not among those that are known.');
      return;
    }
    const parts = found.map(({ found: said, cause, fixes }) =>
      [`## ${said}`, '', cause, '', ...fixes.map((fix) => `- ${fix}`), ''].join('\n'),
    );
    await ui.show('What the error means.md', parts.join('\n'));
  },
});
