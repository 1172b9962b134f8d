import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureChromium, launchBrowser } from '../bed/browser.ts';
import type { Unavailable } from '../bed/shell.ts';
import { ensureVSCode, startCodeServer, type VSCode } from '../bed/vscode.ts';
import type { Result } from './suite/case.ts';
import { workspaces } from './workspaces.ts';

/** Opens a folder with the extension in a VS Code, lets the suite run there, and waits for its end. */
type Open = (folder: string, suite: string, env: Readonly<Record<string, string>>) => Promise<void>;

/** A VS Code that can run the suite: the one VSCODE_PATH names, else the embedded one, else a downloaded one. */
export async function ensureHost(log: (line: string) => void): Promise<Open | Unavailable> {
  if (process.env['VSCODE_PATH']) return inWindow(process.env['VSCODE_PATH']);
  const code = await ensureVSCode(log);
  if ('unavailable' in code) return process.platform === 'linux' ? code : inWindow();
  const chromium = await ensureChromium(log);
  return typeof chromium === 'string' ? inBrowser(code, chromium) : chromium;
}

/** Runs the suite in one window for each folder; answers the results by the folder's name. */
export async function runSuite(open: Open): Promise<Record<keyof typeof workspaces, Result[]>> {
  const suite = resolve('out/test/extension/suite.cjs');
  await build({
    entryPoints: ['test/extension/suite/index.ts'],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const scratch = mkdtempSync(join(tmpdir(), 'ml-containers-suite-'));
  const inFolder = async (name: keyof typeof workspaces): Promise<Result[]> => {
    const folder = join(scratch, name);
    mkdirSync(folder);
    for (const [file, text] of Object.entries(workspaces[name])) writeFileSync(join(folder, file), text);
    await open(folder, suite, { ML_CONTAINERS_RESULTS: scratch });
    return JSON.parse(readFileSync(join(scratch, `${name}.json`), 'utf8')) as Result[];
  };
  try {
    return { plain: await inFolder('plain'), stack: await inFolder('stack') };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const inWindow =
  (path?: string): Open =>
  async (folder, suite, env) => {
    const user = mkdtempSync(join(tmpdir(), 'ml-containers-user-'));
    await runTests({
      ...(path ? { vscodeExecutablePath: path } : {}),
      extensionDevelopmentPath: resolve('.'),
      extensionTestsPath: suite,
      extensionTestsEnv: env,
      launchArgs: [folder, '--disable-workspace-trust', '--skip-welcome', '--user-data-dir', user],
    });
    rmSync(user, { recursive: true, force: true });
  };

const inBrowser =
  (code: VSCode, chromium: string): Open =>
  async (folder, suite, env) => {
    const server = await startCodeServer(code, { folder, suite: true, env: { ...process.env, ...env } });
    const browser = await launchBrowser(chromium);
    try {
      const page = await browser.newPage();
      const ended = new Promise<number>((done) => {
        void page.exposeFunction('codeAutomationExit', done);
      });
      let output = '';
      await page.exposeFunction('codeAutomationLog', (type: string, words: readonly unknown[]) => {
        output = `${output}${type}: ${words.join(' ')}\n`.slice(-5000);
      });
      await page.goto(server.url({ development: resolve('.'), tests: suite }));
      const status = await Promise.race([
        ended,
        new Promise<string>((late) => setTimeout(late, 120_000, 'no answer within two minutes').unref()),
      ]);
      if (status !== 0) throw new Error(`The suite in ${folder} ended with ${status}:\n${output}`);
    } finally {
      await browser.close();
      await server.stop();
    }
  };
