import { option, verb, type Tool, type ToolOption } from './tool.ts';

const always: readonly ToolOption[] = [
  option('-y --yes --assume-yes', 'Does not ask: without it a build fails here.', { usual: true }),
  option('-q --quiet', 'Less progress in the log; `-qq` only errors, and answers yes too.', { many: true }),
  option('-o --option KEY=VALUE', 'A setting for this call.', {
    values: [
      'Acquire::Retries=3',
      'Dpkg::Options::=--force-confold',
      'Dpkg::Options::=--force-confdef',
      'Acquire::http::Timeout=30',
      'APT::Sandbox::User=root',
      'Dpkg::Use-Pty=0',
    ],
    many: true,
  }),
  option('--allow-unauthenticated', 'Installs what nobody signed: whoever stands between can put in packages of their own.'),
  option('-c --config-file FILE', 'A file with settings.'),
  option('-s --simulate --dry-run', 'Says what it would do, and does nothing.'),
];

const packages: readonly ToolOption[] = [
  option(
    '-t --target-release --default-release RELEASE',
    'Takes packages of another release, such as `bookworm-backports`, where it has them.',
  ),
  option('-d --download-only', 'Fetches without installing.'),
  option('-f --fix-broken', 'Mends what is half installed, as after `dpkg -i`.'),
  option('-m --fix-missing', 'Goes on without packages that cannot be fetched: the image lacks them.'),
  option('--allow-downgrades', 'Lets an older version take the place of a newer, as pinned CUDA libraries sometimes need.'),
  option('--allow-change-held-packages', 'Changes what is held; NVIDIA’s images hold libcudnn and libnccl, to fit their CUDA.'),
  option('--allow-remove-essential', 'Lets packages go without which the system may not work.'),
  option('--no-remove', 'Fails in the place of removing anything.'),
  option('-V --verbose-versions', 'Says which versions.'),
  option('--auto-remove --autoremove', 'Removes what nothing needs any more.'),
  option('--purge', 'Removes settings too.'),
];

export const apt: Tool = {
  names: ['apt-get', 'apt', 'aptitude'],
  options: always,
  verbs: [
    verb('install', 'Installs packages; `apt-get update` in the same RUN, or its lists are old.', packages, [
      option('--no-install-recommends', 'Leaves out what is only recommended: often a third of the layer.', { usual: true }),
      option('--no-install-suggests', 'Leaves out what is only suggested, as it does by itself.'),
      option('--install-recommends', 'With what is recommended, as it does by itself.'),
      option('--reinstall', 'Installs again what is there.'),
      option('--only-upgrade', 'Only newer versions of what is there.'),
      option('--no-upgrade', 'Leaves what is there at its version.'),
      option('--mark-auto', 'Marks them as not asked for, so that `autoremove` takes them away.'),
      option('--force-yes', 'The old way to allow everything at once; the `--allow-…` options say what.'),
    ]),
    verb('update', 'Reads the lists of packages; in the RUN that installs, as a layer of its own it grows old.', [
      option('--allow-releaseinfo-change', 'Goes on when a repository has a new name or suite, as after a release.'),
      option('--allow-insecure-repositories', 'Reads lists that nobody signed.'),
      option('--error-on=any', 'Fails when a list cannot be read; without it the old one is used and the build goes on.'),
    ]),
    verb('upgrade', 'Brings all packages up to date: other bytes with every build; a newer base image does it once.', packages, [
      option('--no-install-recommends', 'Leaves out what is only recommended.', { usual: true }),
      option('--with-new-pkgs', 'Installs new packages that newer ones need.'),
    ]),
    verb('dist-upgrade', 'As `upgrade`, and removes what stands in the way.', packages),
    verb('full-upgrade', 'As `upgrade`, and removes what stands in the way.', packages),
    verb('remove', 'Removes packages; what an earlier layer installed stays in that layer.', packages),
    verb('purge', 'Removes packages with their settings; in the RUN that installed them, or nothing gets smaller.', packages),
    verb('autoremove', 'Removes what nothing needs any more.', packages),
    verb('build-dep', 'Installs what a package is built with.', packages, [
      option('--no-install-recommends', 'Leaves out what is only recommended.', { usual: true }),
      option('--arch-only', 'Only what this machine’s packages need.'),
    ]),
    verb('clean', 'Removes the packages that were fetched; Docker’s Debian and Ubuntu images do so by themselves.'),
    verb('autoclean', 'Removes fetched packages that are no longer to be had.'),
    verb('download', 'Fetches a package into the folder.'),
    verb('source', 'Fetches the source of a package.', [option('--download-only -d', 'Without unpacking it.')]),
  ],
};
