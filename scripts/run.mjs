// The way in for every `npm run`: on a fresh clone it installs the packages, compiles, then runs out/scripts/NAME.js.
// Plain JavaScript with built-in modules only, because nothing is installed when it starts.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name, ...args] = process.argv.slice(2);

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) fail(`Node.js 20.19 or newer is needed; this is ${process.version}.`);

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const marker = join(root, 'node_modules', '.installed');
if (!existsSync(marker) || readFileSync(marker, 'utf8') !== lock) {
  step('install packages', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(marker, lock);
}
step('compile', process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b']);

const { status, signal } = spawnSync(process.execPath, ['--enable-source-maps', join(root, 'out', 'scripts', `${name}.js`), ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(signal ? 1 : (status ?? 1));

function step(title, command, commandArgs) {
  const start = Date.now();
  process.stderr.write(`• ${title} …\n`);
  const result = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (result.status !== 0) fail(`${title} failed${result.error ? `: ${result.error.message}` : ''}.`);
  process.stderr.write(`  ${title}: ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
