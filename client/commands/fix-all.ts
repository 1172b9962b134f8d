import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'fix-all',
  title: 'Fix All Problems in This File',
  on: {},
  async run({ ui }) {
    await ui.execute('editor.action.codeAction', { kind: 'source.fixAll.mlContainers', apply: 'first' });
  },
});
