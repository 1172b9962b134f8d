import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { build, type BuildOptions } from 'esbuild';
import { notices } from './notices.ts';

/** The bundles that ship: the extension, the language server, the command line, and the panels' page scripts. */
const production = !process.argv.includes('--dev');

const node: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: production,
  keepNames: false,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  // Optional native helpers of the ssh client: it works without them.
  external: ['vscode', 'cpu-features', '*.node'],
  mainFields: ['module', 'main'],
};

const entries: readonly (BuildOptions & { entry: string })[] = [
  { ...node, entry: 'client/extension.ts', outfile: 'dist/client.cjs' },
  { ...node, entry: 'server/main.ts', outfile: 'dist/server.cjs' },
  { ...node, entry: 'cli/main.ts', outfile: 'dist/ml-containers.cjs', banner: { js: '#!/usr/bin/env node' } },
  { ...node, platform: 'browser', target: 'es2022', format: 'iife', entry: 'client/logs/page/main.ts', outfile: 'dist/logPanel.js' },
];

mkdirSync('dist', { recursive: true });
const start = Date.now();
const present = entries.filter(({ entry }) => existsSync(entry));
const built = await Promise.all(present.map(({ entry, ...options }) => build({ ...options, metafile: true, entryPoints: [entry] })));
writeFileSync('dist/THIRD_PARTY_NOTICES.txt', notices(built.map(({ metafile }) => metafile)));
console.error(`  bundled ${present.map(({ outfile }) => outfile).join(', ')}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
