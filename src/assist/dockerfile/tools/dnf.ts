import { option, verb, type Tool, type ToolOption, type Verb } from './tool.ts';

const always: readonly ToolOption[] = [
  option('-y --assumeyes', 'Does not ask: without it a build fails here.', { usual: true }),
  option('-q --quiet', 'Says less.'),
  option('--setopt KEY=VALUE', 'A setting for this call.', {
    values: ['install_weak_deps=False', 'tsflags=nodocs', 'keepcache=0', 'keepcache=1', 'fastestmirror=True', 'sslverify=1'],
    many: true,
    usual: true,
  }),
  option('--enablerepo REPOSITORY', 'Takes packages of a repository that is switched off, such as `crb` or `epel`.', { many: true }),
  option('--disablerepo REPOSITORY', 'Leaves a repository out; `*` all, before `--enablerepo`.', { many: true }),
  option('--nogpgcheck', 'Installs what nobody signed: whoever stands between can put in packages of their own.'),
  option('--installroot DIR', 'Installs as if the folder were `/`: a small root file system for the last stage.'),
  option('--releasever RELEASE', 'The release whose packages are taken, with `--installroot`.'),
];

const full: readonly ToolOption[] = [
  option('--refresh', 'Reads the repositories again.'),
  option('--exclude -x PACKAGES', 'Leaves packages out.', { many: true }),
  option('--best', 'The newest version, or none.'),
  option('--nobest', 'An older version where the newest does not fit.'),
  option('--allowerasing', 'Removes what stands in the way, such as `curl-minimal` before `curl`.'),
  option('--skip-broken', 'Goes on without packages that do not fit: the image lacks them.'),
];

const nodocs = option('--nodocs', 'Leaves manuals out of the layer.', { usual: true });

const verbs = (...more: readonly ToolOption[]): readonly Verb[] => [
  verb('install', 'Installs packages.', more),
  verb('update', 'Brings packages up to date: other bytes with every build.', more),
  verb('upgrade', 'Brings packages up to date: other bytes with every build.', more),
  verb('remove', 'Removes packages; what an earlier layer installed stays in that layer.', more),
  verb('reinstall', 'Installs again what is there.', more),
  verb('clean all', 'Removes what was fetched; in the RUN that installed, or the layer keeps it.'),
  verb('module enable', 'Chooses a stream, such as `nodejs:20`, for what is installed later.'),
];

export const dnf: Tool = {
  names: ['dnf', 'yum'],
  equals: true,
  options: [...always, ...full],
  verbs: [
    ...verbs(),
    verb('makecache', 'Reads the repositories; in the RUN that installs, as a layer of its own it grows old.'),
    verb('groupinstall', 'Installs a group of packages, which is often more than needed.'),
    verb('autoremove', 'Removes what nothing needs any more.'),
    verb('config-manager', 'Adds a repository, or switches one on.', [
      option('--add-repo URL', 'Adds a repository (dnf 4; dnf 5 has `addrepo --from-repofile=…`).'),
      option('--set-enabled REPOSITORY', 'Switches a repository on (dnf 4).', { values: ['crb', 'powertools'] }),
    ]),
    verb('builddep', 'Installs what a package is built with.'),
  ],
};

export const microdnf: Tool = {
  names: ['microdnf', 'tdnf'],
  equals: true,
  options: [...always, nodocs],
  verbs: verbs(option('--best', 'The newest version, or none.')),
};
