import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './step.ts';

// `npm run package`: bundles, then packs `ml-containers-<version>.vsix` at the root and says its size.
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
const file = `${name}-${version}.vsix`;

const run = (args: readonly string[]): void => {
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
};

await step('bundle', () => {
  run(['out/scripts/build.js']);
});
await step('pack', () => {
  // VS Code shows it on the extension's page, where no link into the repository leads anywhere: what it says stays, the row of links goes.
  const readme = readFileSync('README.md', 'utf8');
  const told = readme.replace(/^## More\n\n.*\n\n/m, '').replace(/(?<!!)\[([^\]]*)\]\((?!\w+:)[^)]*\)/g, '$1');
  writeFileSync(join('out', 'README.md'), told);
  run([
    join('node_modules', '@vscode', 'vsce', 'vsce'),
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--readme-path',
    join('out', 'README.md'),
    '--out',
    file,
  ]);
});
console.log(`${file}: ${(statSync(file).size / 1024).toFixed(0)} KB`);
