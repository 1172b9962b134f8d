import { indexes } from './pip.ts';
import { option, requirementFiles, verb, type Tool, type ToolOption } from './tool.ts';

/** How uv takes packages, whatever it installs. */
const installs: readonly ToolOption[] = [
  option('--index URL', 'An index that goes before PyPI; a package is taken from the first index that has it.', { many: true }),
  option('--default-index URL', 'The index in the place of PyPI.'),
  ...indexes,
  option(
    '--index-strategy STRATEGY',
    'Whether a package may come from another index than the first that has it; `unsafe-best-match` does as pip.',
    {
      values: ['first-index', 'unsafe-first-match', 'unsafe-best-match'],
    },
  ),
  option('--keyring-provider PROVIDER', 'Whether passwords of indexes are asked of `keyring`.', { values: ['disabled', 'subprocess'] }),
  option('--link-mode MODE', '`copy` where a cache mount is another file system: links cannot reach across, and uv warns.', {
    values: ['copy', 'hardlink', 'symlink', 'clone'],
  }),
  option('--compile-bytecode', 'Compiles to bytecode while building: containers start sooner, the layer grows by about a tenth.', {
    usual: true,
  }),
  option('--no-build', 'Takes wheels only: a missing one fails in seconds, in the place of compiling for an hour.'),
  option('--no-build-isolation', 'Builds with what is installed already: flash-attn and its like need torch to be there.'),
  option('--no-build-package NAME', 'Takes a wheel for this package, or fails.', { many: true }),
  option('--no-binary-package NAME', 'Compiles this package from source, for which a compiler has to be in the image.', { many: true }),
  option('--no-build-isolation-package NAME', 'Builds this package with what is installed already.', { many: true }),
  option('--prerelease MODE', 'Whether pre-releases are taken; nightly builds of torch are some.', {
    values: ['allow', 'if-necessary', 'explicit', 'if-necessary-or-explicit', 'disallow'],
  }),
  option('--resolution STRATEGY', '`lowest-direct` tries the oldest versions that are asked for.', {
    values: ['highest', 'lowest', 'lowest-direct'],
  }),
  option('--exclude-newer DATE', 'Takes nothing that was published later: the same packages whenever it is built.'),
  option('--upgrade -U', 'Takes newer releases than those that are there or locked.'),
  option('--upgrade-package -P NAME', 'Takes a newer release of this package.', { many: true }),
  option('--reinstall', 'Installs again what is there.'),
  option('--refresh', 'Does not trust what the cache knows.'),
  option('--config-setting -C KEY=VALUE', 'Handed to what builds the package.', { many: true }),
];

const always: readonly ToolOption[] = [
  option('--no-cache -n', 'Keeps no downloads: smaller where links are copies, slower where a cache mount would keep them.'),
  option('--cache-dir DIR', 'Where downloads are kept: what a cache mount has to be mounted at.'),
  option('--python -p PYTHON', 'The Python, by version or path.'),
  option('--no-python-downloads', 'Takes a Python that the image has, or fails: no second one is fetched.'),
  option('--managed-python', 'Takes a Python of uv’s own alone.'),
  option('--no-managed-python', 'Takes the image’s Python alone.'),
  option('--offline', 'Asks no server: only what the cache has.'),
  option('--no-progress', 'Keeps progress out of the build’s log.'),
  option('--quiet -q', 'Says less.', { many: true }),
  option('--verbose -v', 'Says more.', { many: true }),
  option('--native-tls', 'Checks servers with the system’s certificates, where a company has its own.'),
  option('--allow-insecure-host HOST', 'Does not check the host’s certificate: whoever stands between can put in packages of their own.', {
    many: true,
  }),
  option('--no-config', 'Reads no `uv.toml` and no settings of `pyproject.toml`.'),
  option('--config-file PATH', 'The `uv.toml` that is read.'),
  option('--project DIR', 'The project’s folder.'),
  option('--directory DIR', 'Changes there first.'),
];

const environment: readonly ToolOption[] = [
  option('--system', 'Installs into the image’s Python: no virtual environment is needed in an image of its own.', { usual: true }),
  option('--break-system-packages', 'With `--system`, into a Python that the distribution manages (Debian 12, Ubuntu 24.04 and later).'),
  option('--target DIR', 'Installs into a folder, for `COPY --from` into a later stage; Python finds it there by `PYTHONPATH`.'),
  option('--prefix DIR', 'Installs below a folder as below `/usr/local`: in one stage, then copied over `/usr/local` of the next.'),
  option(
    '--torch-backend BUILD',
    'Which build of torch: by CUDA, or `cpu`. `auto` looks at the machine that builds, which mostly has no GPU.',
    { usual: true },
  ),
  option('--require-hashes', 'Every requirement has a hash and only that file is taken: each build installs the same bytes.'),
  option('--python-version VERSION', 'Resolves for another Python.'),
  option('--python-platform PLATFORM', 'Resolves for another machine.', {
    values: ['linux', 'x86_64-unknown-linux-gnu', 'aarch64-unknown-linux-gnu', 'x86_64-manylinux_2_28', 'aarch64-manylinux_2_28'],
  }),
  option('--only-binary PACKAGES', 'Takes wheels only.', { values: [':all:'], many: true }),
  option('--no-binary PACKAGES', 'Compiles from source.', { values: [':all:'], many: true }),
  option('--dry-run', 'Says what it would do, and does nothing.'),
];

/** What of a project is installed. */
const parts: readonly ToolOption[] = [
  option('--extra NAME', 'An optional part of the project too.', { many: true }),
  option('--all-extras', 'All optional parts too.'),
  option('--group NAME', 'A dependency group too.', { many: true }),
  option('--only-group NAME', 'A dependency group, and nothing else.', { many: true }),
  option('--all-groups', 'All dependency groups too.'),
  option('--no-group NAME', 'Leaves a dependency group out.', { many: true }),
  option('--no-default-groups', 'Leaves out the groups that are installed unasked.'),
  option('--no-dev', 'Leaves out what is for development: tests and linters do not belong into the image.', { usual: true }),
  option('--only-dev', 'Only what is for development.'),
  option('--no-editable', 'Installs the project as a copy: only the virtual environment has to be copied to the last stage.'),
  option('--frozen', 'Takes the lock file as it is, without asking whether it fits the project.'),
  option('--locked', 'Fails when the lock file does not fit the project: nothing unlocked gets into the image.', { usual: true }),
  option('--package NAME', 'A project of the workspace.'),
  option('--all-packages', 'All projects of the workspace.'),
  option('--active', 'Into the environment that `VIRTUAL_ENV` names, not the project’s `.venv`.'),
  option('--inexact', 'Leaves what is installed besides: what the base image brought stays.'),
];

/** What of it is left out, for a RUN before the code is copied. */
const leaves: readonly ToolOption[] = [
  option(
    '--no-install-project',
    'Installs the dependencies, not the project: in a RUN before COPY, so that code changes keep that layer.',
    { usual: true },
  ),
  option('--no-install-workspace', 'Installs the dependencies, none of the workspace’s own projects.'),
  option('--no-install-package NAME', 'Leaves out this package, for one that the image has.', { many: true }),
  option('--no-install-local', 'Installs nothing that is a path of the project.'),
];

const requirements: readonly ToolOption[] = [
  option(
    '--requirements --requirement -r FILE',
    'Installs what a file lists. Copied alone before it, only a change of that file installs again.',
    {
      files: requirementFiles,
      many: true,
      usual: true,
    },
  ),
  option('--constraints --constraint -c FILE', 'Holds versions to those of a file and installs none by itself.', {
    files: requirementFiles,
    many: true,
  }),
  option('--overrides --override FILE', 'Versions that win over what packages ask for.', { files: requirementFiles, many: true }),
  option('--build-constraints --build-constraint -b FILE', 'Versions of what packages are built with.', { files: requirementFiles }),
  option('--editable -e PATH', 'Installs a link to the source, which has to stay where it is, in every later stage too.', {
    files: /\/$/,
    many: true,
  }),
  option('--no-deps', 'Installs what is named and nothing with it: for complete lists, or to keep the torch that the image has.'),
  option('--extra NAME', 'An optional part of the project that is named.', { many: true }),
  option('--all-extras', 'All optional parts of the project that is named.'),
  option('--group NAME', 'A dependency group of `pyproject.toml`.', { many: true }),
];

export const uv: Tool = {
  names: ['uv'],
  options: always,
  verbs: [
    verb('pip install', 'Installs packages, as pip does.', environment, requirements, installs),
    verb('pip sync', 'Installs what the files list, and removes all else.', environment, requirements.slice(1), installs),
    verb('pip compile', 'Writes requirements with the versions that they come to.', requirements, installs, [
      option('--output-file -o FILE', 'Where it is written.'),
      option('--generate-hashes', 'With hashes, for `--require-hashes`.'),
      option('--universal', 'For every machine and system, by markers.'),
      option('--torch-backend BUILD', 'Which build of torch: by CUDA, or `cpu`.', { usual: true }),
    ]),
    verb('pip uninstall', 'Removes packages.', environment.slice(0, 2), [option('--requirements -r FILE', 'Removes what a file lists.')]),
    verb('pip check', 'Fails when installed packages do not go together.', environment.slice(0, 1)),
    verb('pip freeze', 'Lists what is installed, as requirements.', environment.slice(0, 1)),
    verb('pip list', 'Lists what is installed.', environment.slice(0, 1)),
    verb('sync', 'Installs the project’s lock file into its virtual environment.', parts, leaves, installs),
    verb(
      'add',
      'Adds packages to the project; in an image they belong into `pyproject.toml` and the lock.',
      requirements.slice(0, 2),
      requirements.slice(-3),
      leaves,
      installs,
      [
        option('--dev', 'For development.'),
        option('--optional NAME', 'Into an optional part.'),
        option('--package NAME', 'To a project of the workspace.'),
        option('--editable', 'As a link to the source.'),
        option('--frozen', 'Without touching the lock file.'),
        option('--no-sync', 'Without installing.'),
      ],
    ),
    verb('run', 'Runs a program in the project’s environment, which it brings up to date first.', parts, [
      option('--no-sync', 'Leaves the environment as it was built: nothing is resolved or fetched when a container starts.'),
      option('--with NAME', 'With this package besides.', { many: true }),
      option('--with-requirements FILE', 'With what a file lists.', { files: requirementFiles }),
      option('--module -m', 'Runs a module, as `python -m`.'),
      option('--env-file FILE', 'Variables from a file.'),
      option('--no-project', 'Without the project.'),
      option('--isolated', 'In an environment of its own.'),
    ]),
    verb('venv', 'Makes a virtual environment.', [
      option('--seed', 'With pip in it, for what calls pip itself.'),
      option('--system-site-packages', 'Sees the packages of the image’s Python, such as its torch.'),
      option('--relocatable', 'Its programs go on working after the folder was copied elsewhere.'),
      option('--clear -c', 'Removes what is there first.'),
      option('--allow-existing', 'Keeps what is there.'),
      option('--prompt NAME', 'What a shell shows.'),
    ]),
    verb('export', 'Writes the lock file in another form.', parts, [
      option('--format KIND', 'Which form.', { values: ['requirements.txt', 'pylock.toml'] }),
      option('--output-file -o FILE', 'Where it is written.'),
      option('--no-hashes', 'Without hashes.'),
      option('--no-emit-project', 'Without the project itself.'),
      option('--no-header', 'Without the comment at the top.'),
    ]),
    verb('lock', 'Resolves the project and writes the lock file.', installs, [
      option('--check', 'Fails when the lock file would change.'),
      option('--dry-run', 'Says what would change.'),
    ]),
    verb('tool install', 'Installs a program in an environment of its own.', installs, [
      option('--with NAME', 'With this package besides.', { many: true }),
      option('--force', 'Replaces what is there.'),
    ]),
    verb('python install', 'Fetches a Python of uv’s own.', [
      option('--install-dir -i DIR', 'Where it is put; a place that every USER can read, not `/root`.'),
      option('--default', 'As `python` and `python3` too.'),
      option('--reinstall -r', 'Fetches it again.'),
    ]),
    verb('build', 'Builds the project’s wheel and source.', [
      option('--wheel', 'The wheel alone.'),
      option('--sdist', 'The source alone.'),
      option('--out-dir -o DIR', 'Where it is put.'),
    ]),
    verb('cache clean', 'Empties the cache; in the RUN that filled it, or the layer keeps it.'),
    verb('cache prune', 'Removes what is not needed again.', [option('--ci', 'Keeps what was compiled, drops what is fetched quickly.')]),
  ],
};
