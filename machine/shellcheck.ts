import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { readComments, type ShellComment } from '../src/dockerfile/shell/shellcheck.ts';
import type { ShellScript } from '../src/dockerfile/shell/shellScript.ts';

type Script = Pick<ShellScript, 'dialect' | 'text'>;

/** As many scripts as are looked at at once, and kept. */
const atOnce = 2;
const mostKept = 2000;
const patience = 20_000;
const nothing: readonly ShellComment[] = [];

/** ShellCheck of this machine, where there is one. What it said about a text is kept: an edit asks about the scripts that it changed. */
export class ShellCheck {
  readonly #program: string;
  readonly #known = new Map<string, readonly ShellComment[]>();
  #absent = false;

  constructor(program = 'shellcheck') {
    this.#program = program;
  }

  /** Whether it was looked for and is not there. */
  get absent(): boolean {
    return this.#absent;
  }

  /** What it says about a script; undefined while that has not been asked. Nothing where it is not installed. */
  comments(script: Script): readonly ShellComment[] | undefined {
    return this.#absent ? nothing : this.#known.get(keyOf(script));
  }

  /** Asks about the scripts that are not known yet; says whether anything was learned. Ends early, and quietly, when `signal` aborts. */
  async ask(scripts: readonly Script[], signal: AbortSignal): Promise<boolean> {
    const open = new Map(scripts.filter((script) => this.comments(script) === undefined).map((script) => [keyOf(script), script]));
    const queue = [...open];
    let learned = false;
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next && !this.#absent && !signal.aborted; next = queue.shift()) {
        const [key, script] = next;
        const said = await this.#run(script, signal);
        if (!said) continue;
        this.#known.set(key, said);
        learned = true;
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, work));
    for (const key of this.#known.keys()) {
      if (this.#known.size <= mostKept) break;
      this.#known.delete(key);
    }
    return learned;
  }

  /** Undefined when it was stopped, or is not there. */
  #run({ dialect, text }: Script, signal: AbortSignal): Promise<readonly ShellComment[] | undefined> {
    return new Promise((resolve) => {
      // `--norc`: what a workspace says about shell scripts of its own is not meant for these.
      const child = spawn(this.#program, ['--norc', '--format=json1', `--shell=${dialect}`, '-'], {
        cwd: tmpdir(),
        stdio: ['pipe', 'pipe', 'ignore'],
        windowsHide: true,
        timeout: patience,
        signal,
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
      child.stdin.on('error', () => undefined);
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (error.name !== 'AbortError') this.#absent = true;
        resolve(undefined);
      });
      child.on('close', (status) => {
        if (signal.aborted) {
          resolve(undefined);
          return;
        }
        // 0: nothing found, 1: something; anything else is a version that does not know the options, or no ShellCheck at all.
        if (status !== null && status > 1) this.#absent = true;
        resolve(status === null ? [] : readComments(output));
      });
      child.stdin.end(text);
    });
  }
}

const keyOf = ({ dialect, text }: Script): string => `${dialect}\n${text}`;
