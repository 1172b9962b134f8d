import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Invocation } from '../../src/plan/invocation.ts';

/** How a program ended. */
export type Exit =
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'cancelled' }
  /** It could not be started: not installed, not allowed. */
  | { readonly kind: 'failed'; readonly message: string };

/** Where a program runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

// How long a program that was asked to stop may take before it is made to.
const grace = 1500;

/** Runs a program and hands on its lines, those of both streams. Aborting ends it and what it started. */
export function runLines(
  { program, args }: Invocation,
  { cwd, env }: Surroundings,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<Exit> {
  return new Promise((done) => {
    const windows = process.platform === 'win32';
    // A group of its own, so that its plug-ins end with it.
    const child = spawn(program, [...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      windowsHide: true,
    });
    const end = (how: NodeJS.Signals): void => {
      if (child.pid === undefined || child.exitCode !== null) return;
      try {
        if (windows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { windowsHide: true });
        else process.kill(-child.pid, how);
      } catch {
        // It has just ended.
      }
    };
    let hard: ReturnType<typeof setTimeout> | undefined;
    const cancel = (): void => {
      end('SIGINT');
      hard = setTimeout(() => {
        end('SIGKILL');
      }, grace);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream, crlfDelay: Infinity }).on('line', onLine);
    child.on('error', (error) => {
      done({ kind: 'failed', message: 'code' in error && error.code === 'ENOENT' ? missing(program) : error.message });
    });
    child.on('close', (code) => {
      clearTimeout(hard);
      signal.removeEventListener('abort', cancel);
      done(signal.aborted ? { kind: 'cancelled' } : { kind: 'ended', code: code ?? 1 });
    });
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}

const missing = (program: string): string =>
  `The program “${program}” was not found. Install it, or put its folder on the PATH of the editor and start the editor again.`;
