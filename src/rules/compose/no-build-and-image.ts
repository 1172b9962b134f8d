import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'no-build-and-image',
  severity: 'info',
  enabled: false,
  title: 'Name an image or build one',
  why: 'With `build` and `image` together it is easy to run a pulled image while thinking of the built one. A pull_policy says which is meant.',
  also: ['dclint:no-build-and-image'],
  looksAt: ['image', 'build', 'pull_policy'],
  examples: [
    {
      bad: 'services:\n  api:\n    «build»: .\n    image: api:1\n',
      good: 'services:\n  api:\n    build: .\n    image: api:1\n    pull_policy: build\n',
    },
  ],
  *check(file) {
    for (const { name, node } of file.services) {
      const build = entry(node, 'build');
      if (build && entry(node, 'image') && !entry(node, 'pull_policy'))
        yield { span: build.keySpan, message: `«${name}» has build and image: keep one, or say with pull_policy which one is meant.` };
    }
  },
});
