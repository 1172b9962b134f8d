import type { Image } from '../engine/engine.ts';
import { bytes } from '../views/words.ts';
import { command } from './command.ts';
import { each, listed, named } from './shared/each.ts';

export default command({
  id: 'remove-image',
  title: 'Remove Image…',
  icon: 'trash',
  on: { kind: 'image', group: '9_remove@1' },
  async run(images, { store, engine, ui }) {
    const { images: all, containers } = store.snapshot;
    const lastNames = images.filter(({ id }) =>
      all.filter((other) => other.id === id).every((other) => images.some((one) => same(one, other))),
    );
    const users = containers.filter(({ imageId }) => lastNames.some(({ id }) => id === imageId));
    const freed = [...new Map(lastNames.map(({ id, size }) => [id, size])).values()].reduce((sum, size) => sum + size, 0);
    const sure = await ui.confirm(`Remove ${listed(images)}?`, {
      yes: users.length ? 'Remove Anyway' : 'Remove',
      detail: [
        users.length ? `${listed(users)} ${users.length === 1 ? 'was' : 'were'} made from it.` : '',
        lastNames.length < images.length ? 'Where an image has another name, only this name goes.' : '',
        freed ? `Up to ${bytes(freed)} become free; getting them back means pulling or building again.` : '',
      ]
        .filter(Boolean)
        .join(' '),
    });
    if (!sure) return;
    const docker = await engine();
    const force = users.length > 0;
    await store.during(images, (free) =>
      ui.progress(`Removing ${listed(free)}`, () =>
        each(free, (image) => docker.removeImage(image.reference ?? image.id, { force: force || nameless(image) })),
      ),
    );
  },
});

const same = (a: Image, b: Image): boolean => a.id === b.id && named(a) === named(b);
const nameless = ({ reference }: Image): boolean => reference === undefined;
