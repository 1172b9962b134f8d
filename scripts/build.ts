import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { build, type BuildOptions, type Plugin } from 'esbuild';
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

/** What is large and needed late has a file of its own, so that activation and the answer to `initialize` do not wait for it. */
const late: Readonly<Record<string, string>> = {
  dockerode: './dockerode.cjs',
  'vscode-languageclient/node': './languageClient.cjs',
  'vscode-languageserver': './languageServer.cjs',
  'vscode-languageserver/node': './languageServer.cjs',
  './session.ts': './serverSession.cjs',
};
const apart: Plugin = {
  name: 'apart',
  setup(bundler) {
    bundler.onResolve({ filter: /^(dockerode|vscode-language(client|server)(\/node)?|\.\/session\.ts)$/ }, ({ path, kind }) => {
      const file = late[path];
      // A file of ours is apart only for whom imports it late.
      return !file || kind === 'entry-point' || (path.startsWith('.') && kind !== 'dynamic-import')
        ? undefined
        : { path: file, external: true };
    });
  },
};

/** What dockerode brings for SSH and for BuildKit sessions: we use the system's ssh and the docker command instead. */
const unused: Plugin = {
  name: 'unused',
  setup(bundler) {
    bundler.onResolve({ filter: /^(ssh2|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs)$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    bundler.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};

const entries: readonly (BuildOptions & { entry: string })[] = [
  { ...node, entry: 'client/extension.ts', outfile: 'dist/client.cjs', plugins: [apart], supported: { 'dynamic-import': false } },
  { ...node, entry: 'node_modules/dockerode/lib/docker.js', outfile: 'dist/dockerode.cjs', plugins: [unused] },
  { ...node, entry: 'node_modules/vscode-languageclient/lib/node/main.js', outfile: 'dist/languageClient.cjs' },
  { ...node, entry: 'server/main.ts', outfile: 'dist/server.cjs', plugins: [apart], supported: { 'dynamic-import': false } },
  { ...node, entry: 'server/session.ts', outfile: 'dist/serverSession.cjs', plugins: [apart] },
  { ...node, entry: 'node_modules/vscode-languageserver/lib/node/main.js', outfile: 'dist/languageServer.cjs' },
  { ...node, entry: 'cli/main.ts', outfile: 'dist/ml-containers.cjs', banner: { js: '#!/usr/bin/env node' } },
  { ...node, platform: 'browser', target: 'es2022', format: 'iife', entry: 'client/logs/page/main.ts', outfile: 'dist/logPanel.js' },
];

mkdirSync('dist', { recursive: true });
const start = Date.now();
const present = entries.filter(({ entry }) => existsSync(entry));
const built = await Promise.all(present.map(({ entry, ...options }) => build({ ...options, metafile: true, entryPoints: [entry] })));
writeFileSync('dist/THIRD_PARTY_NOTICES.txt', notices(built.map(({ metafile }) => metafile)));
console.error(`  bundled ${present.map(({ outfile }) => outfile).join(', ')}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
