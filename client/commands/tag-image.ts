import { isTag } from '../../src/plan/buildPlan.ts';
import { command } from './command.ts';
import { named } from './shared/each.ts';

export default command({
  id: 'tag-image',
  title: 'Add a Tag…',
  icon: 'tag',
  on: { kind: 'image', single: true, group: '4_change@1' },
  async run([image], { engine, ui }) {
    if (!image) return;
    const reference = await ui.input(`Another name for ${named(image)}`, {
      value: image.reference ?? '',
      prompt: 'name:tag, with the registry before it to push there: registry:5000/team/model:1.2',
      problem: (text) => (isTag(text) ? undefined : 'An image name is lower case, with a tag after a colon: team/model:1.2'),
    });
    if (reference === undefined || reference === image.reference) return;
    await (await engine()).tag(image.reference ?? image.id, reference);
  },
});
