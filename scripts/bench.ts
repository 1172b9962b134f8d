import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Peer } from './bench/client.ts';
import { oracleFolder } from './oracle.ts';
import { measure, type Measures } from './bench/measure.ts';

// `npm run bench [-- dockerfile|compose] [--rounds N] [--node PATH]`: our server beside the usual ones, in one run on the same files, by the
// Node that runs this or another one: editors bring their own, which is newer than what many have installed.
// They are installed into a cache folder when first needed; without a registry only ours is measured, and that is said.

const wanted = process.argv.slice(2).filter((argument) => argument === 'dockerfile' || argument === 'compose');
const languages = wanted.length ? wanted : (['dockerfile', 'compose'] as const);
const option = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const rounds = Number(option('--rounds')) || 5;
const node = option('--node') ?? process.execPath;

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ml-containers', 'bench');
const packages = {
  'dockerfile-language-server-nodejs': '0.15.0',
  'yaml-language-server': '1.25.0',
  '@microsoft/compose-language-service': '0.4.0',
};

const build = spawnSync(process.execPath, ['out/scripts/build.js'], { stdio: ['ignore', 2, 2] });
if (build.status !== 0) process.exit(1);
install();
console.log(`Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
for (const language of languages) print(language, await measure(language, peers(language), rounds));

function install(): void {
  const missing = Object.entries(packages).filter(([name]) => !existsSync(join(cache, 'node_modules', name)));
  if (!missing.length) return;
  console.error(`• install ${missing.map(([name]) => name).join(', ')} into ${cache} …`);
  mkdirSync(cache, { recursive: true });
  const wantedPackages = missing.map(([name, version]) => `${name}@${version}`);
  const { status } = spawnSync('npm', ['install', '--prefix', cache, '--ignore-scripts', '--no-audit', '--no-fund', ...wantedPackages], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) console.error('  They cannot be installed here: only our own server is measured.');
}

function peers(language: 'dockerfile' | 'compose'): readonly Peer[] {
  const ours = {
    name: 'ml-containers',
    command: [node, resolve('dist/server.cjs'), '--stdio'],
    languageId: language === 'dockerfile' ? 'dockerfile' : 'dockercompose',
  };
  const theirs: readonly Peer[] =
    language === 'dockerfile'
      ? [{ name: 'dockerfile-language-server-nodejs', command: program('dockerfile-language-server-nodejs'), languageId: 'dockerfile' }]
      : [
          {
            name: '@microsoft/compose-language-service',
            command: program('@microsoft/compose-language-service'),
            languageId: 'dockercompose',
            initializationOptions: { diagnosticDelay: 0 },
          },
          {
            name: 'yaml-language-server',
            command: program('yaml-language-server'),
            languageId: 'yaml',
            settings: { yaml: { validate: true, schemaStore: { enable: false }, ...schemas() } },
          },
        ];
  return [ours, ...theirs.filter(({ command }) => command.length > 1)];
}

/** The Compose schema, where the oracles are beside the checkout: with it that server checks more than syntax. */
function schemas(): object {
  const path = join(oracleFolder() ?? '', 'compose-schema.json');
  return existsSync(path) ? { schemas: { [pathToFileURL(resolve(path)).href]: ['*.yaml'] } } : {};
}

/** How an installed server is started; nothing when it is not installed. */
function program(name: string): readonly string[] {
  const folder = join(cache, 'node_modules', name);
  if (!existsSync(folder)) return [];
  const { bin = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly bin?: Readonly<Record<string, string>>;
  };
  const [path] = Object.entries(bin)
    .filter(([command]) => command.includes('server'))
    .map(([, file]) => file);
  return path === undefined ? [] : [node, join(folder, path), '--stdio'];
}

function print(language: string, measures: Measures): void {
  console.log(`\n## ${language}: median / 95th percentile, and how many times ours the other's median is\n`);
  const names = [...new Set([...measures.values()].flatMap((row) => [...row.keys()]))];
  console.log(`| | ${names.join(' | ')} |\n|---|${names.map(() => '---').join('|')}|`);
  for (const [what, row] of measures) {
    const ours = quantile(row.get('ml-containers') ?? [], 0.5);
    const cells = names.map((name) => {
      const values = row.get(name);
      if (!values) return '–';
      const median = quantile(values, 0.5);
      const ratio = name === 'ml-containers' || !(ours > 0) || what.includes('MB') ? '' : ` (×${(median / ours).toFixed(1)})`;
      return `${median.toFixed(1)} / ${quantile(values, 0.95).toFixed(1)}${ratio}`;
    });
    console.log(`| ${what} | ${cells.join(' | ')} |`);
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}
