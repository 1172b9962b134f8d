import { environmentFiles, option, verb, type Tool, type ToolOption } from './tool.ts';

const where: readonly ToolOption[] = [
  option('-n --name NAME', 'The environment, by name.'),
  option('-p --prefix DIR', 'The environment, by its folder: one that a later stage copies.'),
];

const installs: readonly ToolOption[] = [
  option('-y --yes', 'Does not ask: without it a build fails here.', { usual: true }),
  option('-c --channel CHANNEL', 'Where packages come from; the first one wins.', {
    values: ['conda-forge', 'nvidia', 'pytorch', 'bioconda', 'rapidsai'],
    many: true,
    usual: true,
  }),
  option(
    '--override-channels',
    'Takes packages of the named channels only: `defaults`, whose licence is not free for companies, stays out.',
  ),
  option('--strict-channel-priority', 'Takes a package from the first channel that has it.'),
  option('-f --file FILE', 'Installs what a file lists.', { files: environmentFiles, many: true, usual: true }),
  option('--no-deps', 'Installs what is named and nothing with it.'),
  option('--freeze-installed --no-update-deps', 'Leaves what is there at its version.'),
  option('--force-reinstall', 'Installs again what is there.'),
  option('--copy', 'Copies in the place of links, for an environment that is copied to another stage.'),
  option('--solver KIND', 'What resolves; `libmamba` is the fast one.', { values: ['libmamba', 'classic'] }),
  option('--offline', 'Only what is there already.'),
  option('-q --quiet', 'Keeps progress out of the build’s log.'),
  option('--dry-run', 'Says what it would do, and does nothing.'),
  option('--platform PLATFORM', 'Packages for another machine.', { values: ['linux-64', 'linux-aarch64', 'noarch'] }),
];

const run: readonly ToolOption[] = [
  ...where,
  option(
    '--no-capture-output --live-stream',
    'Shows what the program prints as it does; without it a container’s log stays empty until the end.',
  ),
  option('--cwd DIR', 'Where it runs.'),
];

export const conda: Tool = {
  names: ['conda', 'mamba', 'micromamba'],
  options: [],
  verbs: [
    verb('install', 'Installs packages into an environment.', where, installs),
    verb('create', 'Makes an environment.', where, installs, [option('--clone NAME', 'As a copy of another.')]),
    verb('env create', 'Makes the environment that a file describes.', where, [
      option('-f --file FILE', 'The file; `environment.yml` when it is left out.', { files: environmentFiles, usual: true }),
      option('-y --yes', 'Does not ask, and replaces an environment of that name.', { usual: true }),
      option('-q --quiet', 'Keeps progress out of the build’s log.'),
    ]),
    verb('env update', 'Installs what a file describes into an environment.', where, [
      option('-f --file FILE', 'The file; `environment.yml` when it is left out.', { files: environmentFiles, usual: true }),
      option('--prune', 'Removes what the file does not name.'),
      option('-q --quiet', 'Keeps progress out of the build’s log.'),
    ]),
    verb('update', 'Brings packages up to date: other bytes with every build.', where, installs, [option('--all', 'All of them.')]),
    verb('remove', 'Removes packages.', where, [
      option('-y --yes', 'Does not ask: without it a build fails here.', { usual: true }),
      option('--all', 'The environment with all of them.'),
    ]),
    verb('clean', 'Removes what was fetched; in the RUN that installed, or the layer keeps gigabytes.', [
      option('-a --all', 'Indexes, archives and unused packages.', { usual: true }),
      option('-y --yes', 'Does not ask: without it a build fails here.', { usual: true }),
      option('-f --force-pkgs-dirs', 'All fetched packages, used or not: what environments link to stays.'),
      option('-t --tarballs', 'The archives.'),
      option('-p --packages', 'Unused packages.'),
      option('-i --index-cache', 'The indexes.'),
    ]),
    verb('run', 'Runs a program in an environment; no `activate` is needed.', run),
    verb('config', 'Writes a setting.', [
      option('--set KEY', 'A setting with one value.'),
      option('--add KEY', 'Puts a value in front of a list.'),
      option('--append KEY', 'Puts a value behind a list.'),
      option('--prepend KEY', 'Puts a value in front of a list.'),
      option('--remove KEY', 'Takes a value from a list.'),
      option('--system', 'For all users.'),
      option('--env', 'For the active environment.'),
    ]),
    verb('init', 'Writes into the files that an interactive shell reads; a RUN and a CMD do not read them.'),
    verb('list', 'Lists what is installed.', where),
  ],
};
