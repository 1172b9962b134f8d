import { option, verb, type Tool, type ToolOption } from './tool.ts';

const always: readonly ToolOption[] = [
  option('--no-cache', 'Reads the index for this call and keeps none of it: no `apk update`, nothing to clean.', { usual: true }),
  option('-U --update-cache --update', 'Reads the index first, and keeps it in the layer.'),
  option('-q --quiet', 'Says less.'),
  option('--no-progress', 'Keeps progress out of the build’s log.'),
  option('-X --repository URL', 'A further repository for this call; `edge` brings libraries that may not fit the release.', {
    many: true,
  }),
  option('--allow-untrusted', 'Installs what nobody signed.'),
  option('-p --root DIR', 'Installs as if the folder were `/`: a small root file system for the last stage.'),
  option('--initdb', 'With `--root`, into an empty folder.'),
  option('--keys-dir DIR', 'Where the keys are.'),
  option('--arch ARCH', 'For another machine, with `--root`.'),
  option('--cache-dir DIR', 'Where packages are kept: what a cache mount has to be mounted at.'),
  option('--no-network', 'Only what is there already.'),
  option('--no-scripts', 'Runs none of the packages’ scripts.'),
  option('-f --force', 'The old way to allow everything at once; `--force-…` says what.'),
  option('--force-overwrite', 'Overwrites files of other packages.'),
  option('--wait SECONDS', 'Waits for another apk to end.'),
  option('--purge', 'Removes settings too.'),
];

export const apk: Tool = {
  names: ['apk'],
  options: always,
  verbs: [
    verb('add', 'Installs packages.', [
      option('-t --virtual NAME', 'Names what is installed here, so that one `apk del NAME` in the same RUN takes it away again.', {
        values: ['.build-deps', '.fetch-deps'],
        usual: true,
      }),
      option('-u --upgrade', 'Takes newer versions of what is there.'),
      option('-l --latest', 'Takes the newest version, whichever repository has it.'),
    ]),
    verb('del', 'Removes packages; in the RUN that installed them, or nothing gets smaller.', [
      option('-r --rdepends', 'Those that need them too.'),
    ]),
    verb('update', 'Reads the index and keeps it in the layer; `apk add --no-cache` needs none.'),
    verb('upgrade', 'Brings all packages up to date: other bytes with every build.', [
      option('-a --available', 'To what the repositories have now, also where that is older.'),
    ]),
    verb('fix', 'Mends what is half installed.'),
    verb('info', 'Says what is known about packages.', [option('-e --installed', 'Whether they are installed.')]),
  ],
};
