import { option, requirementFiles, verb, type Tool, type ToolOption } from './tool.ts';

/** Where packages come from; pip and uv say it alike. */
export const indexes: readonly ToolOption[] = [
  option(
    '--index-url -i URL',
    'The index in the place of PyPI. With one of PyTorch’s it decides which CUDA comes along; a password in it stays in the image’s history, a secret mount keeps it out.',
    { usual: true },
  ),
  option(
    '--extra-index-url URL',
    'An index beside the other. pip takes the highest version of both, so that a stranger’s package of the same name can win over yours.',
    { many: true },
  ),
  option('--find-links -f URL', 'A page or a folder with wheels that is looked at too, for those that were built in an earlier stage.', {
    many: true,
  }),
  option('--no-index', 'Asks no index, only what `--find-links` names: the build needs no network.'),
];

/** What is built and what is taken as it is. */
const builds: readonly ToolOption[] = [
  option('--only-binary PACKAGES', 'Takes wheels only: a missing one fails in seconds, in the place of compiling for an hour.', {
    values: [':all:'],
    many: true,
  }),
  option('--no-binary PACKAGES', 'Compiles from source, for which compiler and headers have to be in the image.', {
    values: [':all:'],
    many: true,
  }),
  option(
    '--no-build-isolation',
    'Builds with what is installed already: flash-attn and its like need the image’s torch then, and what they are built with must be there before.',
  ),
  option('--require-hashes', 'Every requirement has a hash and only that file is taken: each build installs the same bytes.'),
  option('--config-settings -C KEY=VALUE', 'Handed to what builds the package.', { many: true }),
  option('--build-constraint FILE', 'Versions of what packages are built with.', { files: requirementFiles }),
];

const resolution: readonly ToolOption[] = [
  option('--requirement -r FILE', 'Installs what a file lists. Copied alone before it, only a change of that file installs again.', {
    files: requirementFiles,
    many: true,
    usual: true,
  }),
  option('--constraint -c FILE', 'Holds versions to those of a file, for what packages bring along too, and installs none by itself.', {
    files: requirementFiles,
    many: true,
  }),
  option('--no-deps', 'Installs what is named and nothing with it: for complete lists, or to keep the torch that the image has.'),
  option('--pre', 'Takes pre-releases too; the nightly builds of torch are some.'),
  option('--prefer-binary', 'Takes an older wheel in the place of a newer source: no compiler needed.'),
  option('--platform NAME', 'Wheels for another machine, such as `manylinux_2_28_x86_64`; with `--only-binary=:all:` and `--target`.', {
    many: true,
  }),
  option('--python-version VERSION', 'Wheels for another Python; with `--only-binary=:all:` and `--target`.'),
  option('--ignore-requires-python', 'Installs what says that it does not run with this Python; it fails later, when it runs.'),
  option('--group NAME', 'Installs a dependency group of `pyproject.toml` (pip 25.1).', { many: true }),
  option('--no-clean', 'Leaves the folders of the build in the layer.'),
];

const always: readonly ToolOption[] = [
  option(
    '--no-cache-dir',
    'Leaves what was downloaded out of the layer, with torch some gigabytes. Where a cache mount keeps it, it only slows down.',
    { usual: true },
  ),
  option('--cache-dir DIR', 'Where downloads are kept: what a cache mount has to be mounted at.'),
  option('--disable-pip-version-check', 'Does not ask whether pip is the newest: a request and a notice less in every build.'),
  option('--no-input', 'Asks nothing: a build has nobody to answer.'),
  option('--quiet -q', 'Says less; twice, only warnings. A failed build then tells less too.', { many: true }),
  option('--verbose -v', 'Says more: what is compiled, and how.', { many: true }),
  option('--progress-bar KIND', '`off` keeps progress out of the build’s log.', { values: ['off', 'on', 'raw'] }),
  option('--timeout SECONDS', 'How long a server may stay silent, 15 by default; wheels of gigabytes over slow lines need more.'),
  option('--retries COUNT', 'How often a download is tried again, 5 times by default.'),
  option('--trusted-host HOST', 'Does not check the host’s certificate: whoever stands between can put in packages of their own.', {
    many: true,
  }),
  option('--proxy URL', 'A proxy for this call; it stays in the image’s history, where `--build-arg HTTPS_PROXY=…` does not.'),
  option('--cert PATH', 'The certificates that servers are checked with, for a company’s own.'),
  option('--no-color', 'Keeps colours out of the build’s log.'),
  option('--python PATH', 'The Python, or the virtual environment, that is installed into, in the place of pip’s own.'),
  option('--require-virtualenv', 'Refuses to install outside a virtual environment.'),
  option('--log PATH', 'Writes all that it does to a file.'),
  option('--isolated', 'Reads no settings of variables and files: the `PIP_…` of an ENV do not count.'),
];

export const pip: Tool = {
  names: ['pip', 'pip3'],
  options: always,
  verbs: [
    verb('install', 'Installs packages.', resolution, indexes, builds, [
      option('--upgrade -U', 'Takes the newest release though one is there: two builds of the same file give different images.'),
      option('--upgrade-strategy STRATEGY', '`eager` brings dependencies up to date too, those of the base image with them.', {
        values: ['only-if-needed', 'eager'],
      }),
      option('--force-reinstall', 'Installs again what is there: the older copy stays in the layer below, and its size with it.'),
      option(
        '--ignore-installed -I',
        'Installs over what is there without removing it: the way around packages that the distribution put there.',
      ),
      option('--target -t DIR', 'Installs into a folder, for `COPY --from` into a later stage; Python finds it there by `PYTHONPATH`.'),
      option('--prefix DIR', 'Installs below a folder as below `/usr/local`: in one stage, then copied over `/usr/local` of the next.'),
      option('--root DIR', 'Installs as if the folder were `/`.'),
      option('--user', 'Installs into the user’s home: another USER does not see it, and `~/.local/bin` is not in PATH.'),
      option('--editable -e PATH', 'Installs a link to the source, which has to stay where it is, in every later stage too.', {
        files: /\/$/,
        many: true,
      }),
      option(
        '--break-system-packages',
        'Lets pip install into a Python that the distribution manages (Debian 12, Ubuntu 24.04 and later). In an image of its own that seldom hurts; a virtual environment never does.',
      ),
      option('--root-user-action ACTION', '`ignore` leaves out the warning about running as root, which an image’s build does.', {
        values: ['ignore', 'warn'],
      }),
      option('--no-compile', 'Writes no bytecode: a smaller layer, a slower first import.'),
      option('--compile', 'Writes bytecode, as it does by itself.'),
      option('--no-warn-script-location', 'Does not warn when programs are installed where PATH does not look.'),
      option('--dry-run', 'Says what it would install, and installs nothing.'),
      option('--report FILE', 'Writes what was installed as JSON; `-` is the log.'),
      option('--src DIR', 'Where editable packages of a repository are kept, `src` by default: part of the image.'),
      option('--use-pep517', 'Builds by `pyproject.toml`, as newer versions always do.'),
    ]),
    verb('download', 'Fetches packages without installing them, for a build without network.', resolution, indexes, builds, [
      option('--dest -d DIR', 'Where the files are put.'),
    ]),
    verb('wheel', 'Builds wheels, for a stage without a compiler.', resolution, indexes, builds, [
      option('--wheel-dir -w DIR', 'Where the wheels are put; the next stage mounts or copies that folder.'),
      option('--editable -e PATH', 'A project whose wheel is built.', { files: /\/$/ }),
    ]),
    verb('uninstall', 'Removes packages; what an earlier layer installed stays in that layer.', [
      option('--yes -y', 'Does not ask: without it a build fails here.'),
      option('--requirement -r FILE', 'Removes what a file lists.', { files: requirementFiles, usual: true }),
      option('--break-system-packages', 'Lets pip remove from a Python that the distribution manages.'),
    ]),
    verb('freeze', 'Lists what is installed, as requirements.', [option('--all', 'With pip and setuptools.')]),
    verb('list', 'Lists what is installed.', [
      option('--format KIND', 'How it is written.', { values: ['columns', 'freeze', 'json'] }),
      option('--outdated -o', 'What has a newer release.'),
    ]),
    verb('check', 'Fails when installed packages do not go together: a good last step of a build.'),
    verb('show', 'Says where a package is installed and what it needs.', [option('--files -f', 'Its files too.')]),
    verb('config set', 'Writes a setting: into the image, for every later pip.', [
      option('--global', 'For all users.'),
      option('--user', 'For this user alone; another USER does not have it.'),
      option('--site', 'For this Python or virtual environment.'),
    ]),
    verb('cache purge', 'Empties the cache; in the RUN that filled it, or the layer keeps it.'),
  ],
};
