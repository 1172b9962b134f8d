import { removeKey } from '../../compose/insert.ts';
import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'version-obsolete',
  severity: 'info',
  title: 'Leave out the version of the file',
  why: 'Compose has ignored `version` since 2020 and warns about it at every command.',
  also: ['dclint:no-version-field'],
  reach: [],
  examples: [
    {
      bad: '«version»: "3.8"\nservices:\n  api:\n    image: api:1\n',
      good: 'services:\n  api:\n    image: api:1\n',
    },
  ],
  *check(file) {
    const version = entry(file.root, 'version');
    if (!version || !file.root) return;
    const edit = file.faults.length ? undefined : removeKey(file.source, file.root, 'version');
    yield {
      span: version.keySpan,
      message: 'Compose ignores «version» and warns about it: remove the line.',
      fixes: edit ? [{ title: 'Remove version', safe: true, edits: [edit] }] : [],
    };
  },
});
