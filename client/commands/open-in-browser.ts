import { published, webAddress } from '../views/address.ts';
import { command } from './command.ts';

export default command({
  id: 'open-in-browser',
  title: 'Open in Browser',
  icon: 'globe',
  on: { kind: ['container', 'port'], single: true, anyOf: ['published'], inline: 4, group: '2_use@2' },
  async run([subject], { engine, ui }) {
    if (!subject) return;
    const places = subject.kind === 'port' ? [{ ...subject, container: subject.port }] : published(subject);
    const place =
      places.length < 2
        ? places[0]
        : await ui.pick(
            'Open in the browser',
            places.map((value) => ({ label: String(value.container), description: `published on ${value.host}`, value })),
          );
    if (place) await ui.browse(webAddress(place, (await engine()).endpoint.host));
  },
});
