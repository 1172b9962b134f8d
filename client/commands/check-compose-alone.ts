import { composeGlobs, noSchemaSetting } from '../../src/assist/besides.ts';
import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'check-compose-alone',
  title: 'Take Compose Files Out of the YAML Extension’s Schemas',
  on: {},
  async run({ ui }) {
    const now = await ui.other(noSchemaSetting);
    const globs = (Array.isArray(now) ? now : [now]).filter((glob): glob is string => typeof glob === 'string' && glob !== '');
    const lacking = composeGlobs.filter((glob) => !globs.includes(glob));
    const done = !lacking.length || (await ui.changeOther(noSchemaSetting, [...globs, ...lacking]));
    await ui.inform(
      done
        ? `Compose files are in your settings under ${noSchemaSetting}: what is wrong in them comes from ML Containers alone. Reload the window to have its completions and hovers of keys too.`
        : `${noSchemaSetting} is a setting of Red Hat’s YAML extension from 1.24 on, which is not installed here.`,
    );
  },
});
