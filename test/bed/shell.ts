import { spawn, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Says what is installed or made, and how long it took. */
export type Log = (line: string) => void;

/** Why a real part cannot be had on this machine, in a sentence. */
export interface Unavailable {
  readonly unavailable: string;
}

/** Where what the bed installs is kept between runs. */
export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ml-containers-bed');

export interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; never throws for a non-zero status. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly input?: string } = {},
): Promise<Output> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail);
    child.on('close', (code) => {
      done({ code, stdout, stderr });
    });
    // A program that ends without reading is no failure of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a program that has to succeed. */
export async function must(program: string, args: readonly string[], options: Parameters<typeof run>[2] = {}): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${stderr || stdout}`);
  return stdout;
}

export async function timed<T>(log: Log, title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  log(`  ${title} …`);
  const result = await work();
  log(`  ${title}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

export const onPath = (program: string): boolean => spawnSync('which', [program]).status === 0;

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Installs what is missing of Debian packages; says why where that cannot be done. */
export async function ensureDebian(log: Log, programs: Readonly<Record<string, string>>): Promise<Unavailable | undefined> {
  const missing = Object.entries(programs).filter(
    ([program]) => !onPath(program) && !(program.startsWith('/') && spawnSync('test', ['-e', program]).status === 0),
  );
  if (!missing.length) return undefined;
  const packages = [...new Set(missing.map(([, name]) => name))];
  if (!onPath('apt-get')) return { unavailable: `${packages.join(', ')} are needed and this machine has no apt-get to install them with` };
  if (!isRoot()) return { unavailable: `${packages.join(', ')} are needed and only root may install them` };
  await timed(log, `install ${packages.join(' ')} (apt-get)`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const wait = ['-o', 'DPkg::Lock::Timeout=600'];
    await must('apt-get', [...wait, 'update', '-qq'], { env });
    await must('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  });
  return undefined;
}

/** Polls until `ready` answers true. */
export async function until(what: string, ready: () => Promise<boolean> | boolean, timeout = 30_000, pause = 50): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await ready())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${timeout / 1000} s`);
    await new Promise((next) => setTimeout(next, pause));
  }
}
