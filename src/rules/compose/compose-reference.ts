import { declare } from '../../compose/declare.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { slice } from '../../text/text.ts';
import { examined, isKept } from '../shared/composeComplaints.ts';

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
      title: 'a variable that is not set',
      bad: 'services:\n  api:\n    image: api:1\n    secrets: [«"${TOKEN_NAME}"»]\n',
    },
    {
      title: 'only there with a profile',
      bad: 'services:\n  api:\n    image: api:1\n    depends_on: [«db»]\n  db:\n    image: postgres:17\n    profiles: [full]\n',
    },
    {
      title: 'parts in folders that are put together with -f',
      path: 'suites/parts/redis/compose.yaml',
      files: {
        'suites/compose.yaml': 'networks:\n  inner:\n',
        'suites/parts/app/compose.yaml': 'services:\n  app:\n    image: app:1\n',
        'suites/parts/mail/compose.yaml': 'services:\n  app:\n    depends_on: [mail]\n  mail:\n    image: mail:1\n',
        'suites/one/compose.yaml': 'services:\n  app:\n    environment: {A: "1"}\n',
        'suites/two/compose.yaml': 'services:\n  app:\n    environment: {A: "2"}\n',
      },
      good: 'services:\n  app:\n    depends_on: [redis]\n  redis:\n    image: redis:8\n    networks: [inner]\n',
    },
    {
      title: 'an addition to the project two folders above',
      path: 'extensions/beat/compose.beat.yaml',
      files: { 'compose.yaml': 'services:\n  search:\n    image: search:1\nnetworks:\n  inner:\n' },
      good: 'services:\n  beat:\n    image: beat:1\n    networks: [inner]\n    depends_on: [search]\n',
    },
    {
      title: 'defined in the file that is laid over it',
      files: { 'compose.override.yaml': 'volumes:\n  models:\n' },
      good: 'services:\n  api:\n    image: api:1\n    volumes: [models:/models]\n',
    },
  ],
  *check(file, world) {
    for (const { kind, span, message, undefined: about } of examined(file, world).across('reference')) {
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
      // A service that a variable chooses is there with the profile that goes with it; other names are given by whoever starts the project.
      const chosen = (about === undefined || about.name === '') && slice(file.source, span).includes('$');
      const given = chosen && (about === undefined || section === 'services' || isKept(file, world));
      yield { span, message, fixes, ...(given ? { severity: 'info' as const } : {}) };
    }
  },
});
