import { join } from '../text/paths.ts';
import { literal } from '../text/literal.ts';

/** What people read and run before they start a project: here they are told what to write or to set first. */
const guides = [
  ...['README.md', 'README.rst', 'README.txt', 'README', 'readme.md', 'Readme.md', 'docs/README.md', 'INSTALL.md', 'DEPLOYMENT.md'],
  ...['Makefile', 'makefile', 'justfile', 'Justfile', 'Taskfile.yml', 'Taskfile.yaml'],
  ...['run', 'start', 'setup', 'install', 'build', 'deploy', 'up', 'launch', 'docker', 'env'].map((name) => `${name}.sh`),
];

/** Whether a guide in one of these folders speaks of a file or a variable by its name. */
export function mentioned(name: string, folders: readonly string[], read: (path: string) => string | undefined): boolean {
  const word = new RegExp(`(?<![\\w.-])${literal(name)}(?![\\w-])`);
  return folders.some((folder) => guides.some((guide) => word.test(read(join(folder, guide)) ?? '')));
}
