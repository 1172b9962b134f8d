import { option, verb, type Tool, type ToolOption } from './tool.ts';

const always: readonly ToolOption[] = [
  option('--loglevel LEVEL', 'How much it says.', { values: ['silent', 'error', 'warn', 'notice', 'http', 'info', 'verbose'] }),
  option('--cache DIR', 'Where downloads are kept: what a cache mount has to be mounted at.'),
  option('--registry URL', 'The registry in the place of npm’s own.'),
  option('--prefix DIR', 'Works in another folder.'),
  option('--workspace -w NAME', 'A project of the workspace.', { many: true }),
  option('--workspaces', 'All projects of the workspace.'),
  option('--no-update-notifier', 'Does not ask whether npm is the newest.'),
  option('--silent -s', 'Says nothing.'),
];

const installs: readonly ToolOption[] = [
  option('--omit TYPE', '`dev` leaves out what is for development: it does not belong into the image.', {
    values: ['dev', 'optional', 'peer'],
    many: true,
    usual: true,
  }),
  option('--include TYPE', 'With what would be left out, as where NODE_ENV is `production` and the build needs its tools.', {
    values: ['dev', 'optional', 'peer'],
    many: true,
  }),
  option('--ignore-scripts', 'Runs none of the packages’ scripts; native modules are not built then.'),
  option('--no-audit', 'Does not ask about weak spots: a request less in every build.'),
  option('--no-fund', 'Leaves the lines about money out of the log.'),
  option('--prefer-offline', 'Takes what the cache has, without asking whether it is the newest.'),
  option('--offline', 'Only what the cache has.'),
  option('--legacy-peer-deps', 'Passes over peer dependencies that do not fit.'),
  option('--force -f', 'Goes on in spite of what does not fit.'),
  option('--production --only=production', 'The old word for `--omit=dev`.'),
  option('--no-optional', 'The old word for `--omit=optional`.'),
  option('--global -g', 'For the whole image, not for the project.'),
  option('--install-strategy KIND', 'How packages lie in `node_modules`.', { values: ['hoisted', 'nested', 'shallow', 'linked'] }),
  option('--os OS', 'For another system.', { values: ['linux'] }),
  option('--cpu CPU', 'For another machine.', { values: ['x64', 'arm64'] }),
];

export const npm: Tool = {
  names: ['npm'],
  equals: true,
  options: always,
  verbs: [
    verb('ci', 'Installs the lock file, and fails when it does not fit: the same packages in every build.', installs),
    verb('install', 'Installs packages; without names those of the project, `npm ci` takes the lock at its word.', installs, [
      option('--save-dev -D', 'For development.'),
      option('--save-exact -E', 'Writes the exact version.'),
      option('--no-save', 'Without writing it into `package.json`.'),
      option('--no-package-lock', 'Without the lock file: other versions with every build.'),
    ]),
    verb('run', 'Runs a script of `package.json`.', [option('--if-present', 'Does nothing where there is no such script.')]),
    verb('prune', 'Removes packages that the project does not need; in the RUN that installed them, or nothing gets smaller.', [
      option('--omit TYPE', 'Also those for development.', { values: ['dev', 'optional', 'peer'], usual: true }),
      option('--production', 'The old word for `--omit=dev`.'),
    ]),
    verb('cache clean', 'Empties the cache; in the RUN that filled it, or the layer keeps it.', [
      option('--force', 'Without it npm refuses.'),
    ]),
    verb('config set', 'Writes a setting: into the image, for every later npm.'),
    verb('rebuild', 'Builds native modules again.'),
    verb('pack', 'Makes a package of the project.'),
    verb('audit', 'Fails when packages have known weak spots.', [
      option('--omit TYPE', 'Without these.', { values: ['dev', 'optional', 'peer'], usual: true }),
      option('--audit-level LEVEL', 'From which on it fails.', { values: ['low', 'moderate', 'high', 'critical'] }),
    ]),
  ],
};
