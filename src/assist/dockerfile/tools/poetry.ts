import { option, verb, type Tool, type ToolOption } from './tool.ts';

const always: readonly ToolOption[] = [
  option('-n --no-interaction', 'Asks nothing: a build has nobody to answer.', { usual: true }),
  option('--no-ansi', 'Keeps colours and progress out of the build’s log.', { usual: true }),
  option('--no-cache', 'Keeps no downloads in the layer. Where a cache mount keeps them, it only slows down.'),
  option('-q --quiet', 'Says less.'),
  option('-v --verbose', 'Says more.', { many: true }),
  option('-C --directory DIR', 'Works in another folder.'),
  option('-P --project DIR', 'The project of another folder.'),
];

const parts: readonly ToolOption[] = [
  option('--only GROUPS', 'These dependency groups and nothing else; `main` leaves out what is for development.', {
    values: ['main'],
    usual: true,
  }),
  option('--without GROUPS', 'Leaves dependency groups out: tests and linters do not belong into the image.', { values: ['dev'] }),
  option('--with GROUPS', 'Optional dependency groups too.'),
  option('-E --extras NAMES', 'Optional parts of the project too.', { many: true }),
  option('--all-extras', 'All optional parts too.'),
  option('--all-groups', 'All dependency groups too (2.1).'),
  option('--no-root', 'Installs the dependencies, not the project: in a RUN before COPY, so that code changes keep that layer.', {
    usual: true,
  }),
  option('--no-directory', 'Leaves out dependencies that are folders of the repository, for a RUN before COPY.'),
  option('--compile', 'Compiles to bytecode while building: containers start sooner.'),
  option('--dry-run', 'Says what it would do, and does nothing.'),
];

export const poetry: Tool = {
  names: ['poetry'],
  options: always,
  verbs: [
    verb('install', 'Installs what the lock file says.', parts, [
      option('--sync', 'Removes what the lock file does not name; `poetry sync` since 2.0.'),
      option('--no-dev', 'The old word for `--without dev`; version 2 no longer knows it.'),
      option('--only-root', 'The project alone.'),
    ]),
    verb('sync', 'Installs what the lock file says and removes all else (2.0).', parts),
    verb('export', 'Writes the lock file as requirements, for pip (a plugin since 2.0).', parts.slice(0, 6), [
      option('-f --format KIND', 'Which form.', { values: ['requirements.txt', 'constraints.txt'] }),
      option('-o --output FILE', 'Where it is written.'),
      option('--without-hashes', 'Without hashes.'),
      option('--without-urls', 'Without the addresses of indexes.'),
      option('--with-credentials', 'With passwords of indexes: they end up in the image.'),
    ]),
    verb('add', 'Adds packages to the project; in an image they belong into `pyproject.toml` and the lock.', [
      option('-G --group NAME', 'Into a dependency group.'),
      option('-E --extras NAMES', 'With optional parts.', { many: true }),
      option('--source NAME', 'From this source.'),
      option('--lock', 'Without installing.'),
    ]),
    verb('config', 'Writes a setting: `virtualenvs.create false` installs into the image’s Python.', [
      option('--local', 'Into `poetry.toml` of the project.'),
      option('--unset', 'Takes a setting back.'),
      option('--list', 'Lists all settings.'),
    ]),
    verb('lock', 'Resolves the project and writes the lock file.', [
      option('--no-update', 'The old word for what version 2 does by itself: versions stay.'),
      option('--regenerate', 'Resolves all anew (2.0).'),
    ]),
    verb('build', 'Builds the project’s wheel and source.', [
      option('-f --format KIND', 'One of them alone.', { values: ['wheel', 'sdist'] }),
      option('-o --output DIR', 'Where it is put.'),
    ]),
    verb('run', 'Runs a program in the project’s environment.'),
    verb('check', 'Fails when `pyproject.toml` is wrong.', [option('--lock', 'Also when the lock file does not fit it.')]),
    verb('self add', 'Adds a plugin to poetry.'),
  ],
};
