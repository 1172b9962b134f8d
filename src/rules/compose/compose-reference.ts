import { declare } from '../../compose/declare.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { slice } from '../../text/text.ts';
import { examined } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-reference',
  severity: 'error',
  title: 'Define what services name',
  why: 'A service, network, volume, secret, config or model that is named and not defined: Compose refuses the file.',
  reach: [
    'depends_on',
    'links',
    'volumes_from',
    'network_mode',
    'ipc',
    'pid',
    'uts',
    'cgroup',
    'networks',
    'models',
    'volumes',
    'secrets',
    'configs',
    'build',
    'profiles',
  ],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    networks: [«backend»]\n',
      good: 'services:\n  api:\n    image: api:1\n    networks: [backend]\nnetworks:\n  backend:\n',
    },
    { bad: 'services:\n  api:\n    image: api:1\n    volumes: [«models:/models»]\nvolumes:\n  «model»:\n' },
    {
      title: 'a folder without ./',
      bad: 'services:\n  api:\n    image: api:1\n    volumes:\n      - «tools/models:/models»\n',
      good: 'services:\n  api:\n    image: api:1\n    volumes:\n      - ./tools/models:/models\n',
    },
    {
      title: 'only there with a profile',
      bad: 'services:\n  api:\n    image: api:1\n    depends_on: [«db»]\n  db:\n    image: postgres:17\n    profiles: [full]\n',
    },
    {
      title: 'defined in the file that is laid over it',
      files: { 'compose.override.yaml': 'volumes:\n  models:\n' },
      good: 'services:\n  api:\n    image: api:1\n    volumes: [models:/models]\n',
    },
  ],
  *check(file, world) {
    for (const { kind, span, message, undefined: about } of examined(file, world).across) {
      if (kind !== 'reference') continue;
      const fixes: Fix[] = [];
      const at = about && slice(file.source, span).indexOf(about.name);
      if (about?.meant !== undefined && at !== undefined && at >= 0)
        fixes.push({
          title: `Write «${about.meant}»`,
          safe: false,
          edits: [{ span: { start: span.start + at, end: span.start + at + about.name.length }, text: about.meant }],
        });
      const section = about?.section;
      if (about && section === 'volumes' && /^\w[\w.-]*\//.test(about.name) && at === 0)
        fixes.push({
          title: `Mount the folder ./${about.name}`,
          safe: false,
          edits: [{ span: { start: span.start, end: span.start }, text: './' }],
        });
      const named = about !== undefined && /^[\w.-]+$/.test(about.name);
      const edit = named && (section === 'volumes' || section === 'networks') ? declare(file, section, about.name) : undefined;
      if (edit && section !== undefined)
        fixes.push({ title: `Define «${about?.name ?? ''}» under ${section}`, safe: false, edits: [edit] });
      yield { span, message, fixes };
    }
  },
});
