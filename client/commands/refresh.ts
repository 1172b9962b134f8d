import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'refresh',
  title: 'Look Again',
  icon: 'refresh',
  on: { views: ['containers'], when: 'mlContainers.engine != connected' },
  run({ store }) {
    store.reconnect();
    return Promise.resolve();
  },
});
