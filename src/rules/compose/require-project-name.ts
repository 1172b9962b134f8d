import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'require-project-name',
  severity: 'hint',
  enabled: false,
  title: 'Name the project',
  why: 'Without `name` the project is called after the folder, which differs from clone to clone.',
  also: ['dclint:require-project-name-field'],
  examples: [{ bad: '«services»:\n  api:\n    image: api:1\n', good: 'name: shop\nservices:\n  api:\n    image: api:1\n' }],
  *check(file) {
    const [first] = file.root?.entries ?? [];
    if (first && entry(file.root, 'services') && !entry(file.root, 'name'))
      yield { span: first.keySpan, message: 'The file has no «name:» for the project.' };
  },
});
