import { get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'container-name-format',
  severity: 'warning',
  title: 'Write container names that the engine takes',
  why: 'A container name has letters, digits, `_`, `.` and `-`, and begins with a letter or digit; the engine refuses others.',
  also: ['dclint:service-container-name-regex'],
  looksAt: ['container_name'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    container_name: «my-app@1»\n',
      good: 'services:\n  api:\n    image: api:1\n    container_name: my-app_1.2\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const name = get(node, 'container_name');
      const written = text(name);
      if (name && written && !written.includes('$') && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(written))
        yield {
          span: name.span,
          message: `The engine refuses the container name «${written}»: letters, digits, «_», «.» and «-», two or more.`,
        };
    }
  },
});
