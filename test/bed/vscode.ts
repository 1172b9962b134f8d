import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cache, ensureDebian, must, timed, until, type Log, type Unavailable } from './shell.ts';

// A real VS Code where none can be downloaded: the npm package code-server, on the Node it wants, which is an npm package as well.

const version = '4.139.1';
const nodeMajor = '24';

/** An installed code-server: the Node it wants and its entry point. */
export interface VSCode {
  readonly node: string;
  readonly entry: string;
}

/** Installs VS Code once; says why where it cannot be had. */
export async function ensureVSCode(log: Log = () => undefined): Promise<VSCode | Unavailable> {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64' && platform !== 'linux-arm64')
    return { unavailable: `the embedded VS Code runs on Linux (x64, arm64), not on ${platform}` };
  const folder = join(cache, `code-server-${version}`);
  const node = join(folder, 'node_modules', `node-${platform}`, 'bin', 'node');
  const code = { node, entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
  if (existsSync(join(folder, '.complete'))) return code;
  await timed(log, `install VS Code (npm package code-server ${version})`, () => install(folder, platform));
  return code;
}

async function install(folder: string, platform: string): Promise<void> {
  const partial = `${folder}.partial`;
  for (const path of [partial, folder]) rmSync(path, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{ "private": true }');
  // npm's own settings of the calling script must not reach this install.
  const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('npm_')));
  const npm = (args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> =>
    must('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd, env });
  await npm(['install', `node-${platform}@${nodeMajor}`, `code-server@${version}`], partial, clean);
  const nodeHome = join(partial, 'node_modules', `node-${platform}`);
  const inner = join(partial, 'node_modules/code-server/lib/vscode');
  const env = { ...clean, PATH: `${join(nodeHome, 'bin')}:${process.env['PATH'] ?? ''}` };
  await npm(['install', '--omit=dev'], inner, env);
  rmSync(join(inner, 'bin/remote-cli/code'), { force: true });
  symlinkSync('code-linux.sh', join(inner, 'bin/remote-cli/code'));
  await compileAddons(inner, { ...env, npm_config_nodedir: nodeHome });
  writeFileSync(join(partial, '.complete'), '');
  renameSync(partial, folder);
}

// Of all native parts only these two are missed: the one that writes output channels, and the one that ends orphans.
async function compileAddons(inner: string, env: NodeJS.ProcessEnv): Promise<void> {
  const wanting = await ensureDebian(() => undefined, { 'g++': 'g++', make: 'make', python3: 'python3' });
  if (wanting) return;
  await must('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], { cwd: inner, env });
}

/** How to start a VS Code of our own. */
export interface CodeServerOptions {
  readonly folder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly extensions?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly port?: number;
  /** Ask about trust, as a folder from elsewhere would. */
  readonly trust?: boolean;
  /** The folder of an extension to have as if it were installed. */
  readonly link?: string;
  /** Allow `development` and `tests` in the page's address. VS Code shows no notifications then. */
  readonly suite?: boolean;
  /** Let it ask the extension gallery; tests stay on this machine. */
  readonly gallery?: boolean;
}

/** A running VS Code that a browser on this machine can open. */
export interface CodeServer {
  readonly port: number;
  readonly extensions: string;
  /** The page's address; `development` loads an extension from its folder, `tests` runs a suite and ends. */
  url(options?: { readonly folder?: string; readonly development?: string; readonly tests?: string }): string;
  stop(): Promise<void>;
}

const quiet = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.hover.delay': 100,
  'files.simpleDialog.enable': true,
  'files.autoSave': 'off',
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}${separator}${rootName}',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.startupPrompt': 'never',
  'json.schemaDownload.enable': false,
  // Its text is in the page then, for whoever reads the screen.
  'terminal.integrated.gpuAcceleration': 'off',
};

// Whatever ends this process, no server may outlive it.
const running = new Set<number>();
const killGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
};
process.on('exit', () => {
  for (const pid of running) killGroup(pid, 'SIGKILL');
});
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(status));

export async function startCodeServer({ node, entry }: VSCode, options: CodeServerOptions): Promise<CodeServer> {
  const state = mkdtempSync(join(tmpdir(), 'ml-containers-code-'));
  const user = join(state, 'user');
  const extensions = options.extensions ?? join(state, 'extensions');
  mkdirSync(join(user, 'User'), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  if (options.link) symlinkSync(options.link, join(extensions, installedName(options.link)));
  writeFileSync(join(user, 'User/settings.json'), JSON.stringify({ ...quiet, ...options.settings }, null, 2));
  const port = options.port ?? (await freePort());
  const args = [
    entry,
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(options.trust ? [] : ['--disable-workspace-trust']),
    ...(options.suite ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    '--config',
    join(state, 'config.yaml'),
    '--user-data-dir',
    user,
    '--extensions-dir',
    extensions,
    options.folder,
  ];
  const inherited = Object.entries(options.env ?? process.env).filter(
    ([key]) => !key.startsWith('npm_') && !key.startsWith('VSCODE_') && key !== 'NODE_OPTIONS',
  );
  // As when it is started from a terminal: the environment is this one, and no login shell is asked for another.
  const env = {
    ...Object.fromEntries(inherited),
    VSCODE_CLI: '1',
    ...(options.gallery ? {} : { EXTENSIONS_GALLERY: '{"serviceUrl":""}' }),
  };
  const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const pid = child.pid;
  if (pid) running.add(pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-20_000)));
  await until(`VS Code on port ${port}`, async () => {
    if (child.exitCode !== null) throw new Error(`VS Code ended with ${child.exitCode}:\n${output}`);
    return fetch(`http://127.0.0.1:${port}/healthz`).then(
      (r) => r.ok,
      () => false,
    );
  });
  return {
    port,
    extensions,
    url: ({ folder = options.folder, development, tests } = {}) => {
      const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
      const payload = [
        ...(development ? [['extensionDevelopmentPath', remote(development)]] : []),
        ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
        ['skipWelcome', 'true'],
      ];
      return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
    },
    stop: async () => {
      if (pid && child.exitCode === null) {
        const ended = new Promise((done) => child.once('close', done));
        killGroup(pid, 'SIGTERM');
        const hard = setTimeout(() => {
          killGroup(pid, 'SIGKILL');
        }, 5000);
        await ended;
        clearTimeout(hard);
      }
      // Children that outlived the parent by a moment.
      if (pid) killGroup(pid, 'SIGKILL');
      if (pid) running.delete(pid);
      rmSync(state, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function installedName(folder: string): string {
  const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  return `${publisher ?? ''}.${name ?? ''}-${version ?? ''}`;
}

/** Runs VS Code's own command line: `--install-extension FILE`, `--list-extensions`. */
export function codeCommand({ node, entry }: VSCode, extensions: string, args: readonly string[]): Promise<string> {
  return must(node, [entry, '--extensions-dir', extensions, ...args]);
}

/** A port on loopback that nothing listens on. */
function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        done(port);
      });
    });
  });
}
