import { entry, get } from '../../compose/model.ts';
import { referencesOf } from '../../compose/check/references.ts';
import { composeRule } from '../../lint/rule.ts';
import { examined } from '../shared/composeComplaints.ts';
import { effectiveServices } from '../shared/composeServices.ts';

export default composeRule({
  id: 'volume-unused',
  severity: 'hint',
  title: 'Mount the volumes that are defined',
  why: 'A volume that no service mounts is never created. Often it was meant to be mounted somewhere.',
  reach: ['volumes'],
  examples: [
    {
      bad: 'services:\n  db:\n    image: postgres:17\nvolumes:\n  «pgdata»:\n',
      good: 'services:\n  db:\n    image: postgres:17\n    volumes: ["pgdata:/var/lib/postgresql/data"]\nvolumes:\n  pgdata:\n',
    },
  ],
  *check(file, world) {
    const project = examined(file, world);
    const volumes = get(project.root, 'volumes');
    if (volumes?.kind !== 'map' || entry(file.root, 'include') || file.faults.length) return;
    const services = effectiveServices(file, world);
    const used = new Set(
      services.flatMap(({ node }) =>
        referencesOf(node)
          .filter(({ section }) => section === 'volumes')
          .map((each) => each.name),
      ),
    );
    // Misspelt at one end: compose-reference says it.
    if (!services.length || [...used].some((name) => !entry(volumes, name))) return;
    const unused = volumes.entries.filter(({ key, keySpan, merged }) => !used.has(key) && keySpan.start >= 0 && !merged);
    if (!unused.length || project.isFragment()) return;
    for (const { key, keySpan } of unused) yield { span: keySpan, message: `No service mounts the volume «${key}».` };
  },
});
