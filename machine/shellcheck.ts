import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readComments, type ShellComment } from '../src/dockerfile/shell/shellcheck.ts';
import type { ShellScript } from '../src/dockerfile/shell/shellScript.ts';

type Script = Pick<ShellScript, 'dialect' | 'text'>;

/** As many programs as run at once, and scripts that are kept. */
const atOnce = 2;
const mostKept = 2000;
/** Starting a program out of a large one costs more than a script does: so many scripts at least, and at most, are given to one. */
const fewest = 5;
const most = 40;
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

  /** Whether it has nothing to say about any script: it is not there, or has not been asked yet. */
  get silent(): boolean {
    return this.#absent || !this.#known.size;
  }

  /** What it says about a script; undefined while that has not been asked. Nothing where it is not installed. */
  comments(script: Script): readonly ShellComment[] | undefined {
    return this.#absent ? nothing : this.#known.get(keyOf(script));
  }

  /** Asks about the scripts that are not known yet; says whether anything was learned. Ends early, and quietly, when `signal` aborts. */
  async ask(scripts: readonly Script[], signal: AbortSignal): Promise<boolean> {
    const open = new Map(scripts.filter((script) => this.comments(script) === undefined).map((script) => [keyOf(script), script]));
    const queue = batches([...open.values()]);
    let learned = false;
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next && !this.#absent && !signal.aborted; next = queue.shift()) {
        const said = await this.#answers(next, signal);
        // What is not well in one script must not cost the others their answer.
        if (!said && next.length > 1) queue.push(...next.map((script) => [script]));
        for (const [at, script] of said ? next.entries() : []) {
          this.#known.set(keyOf(script), said?.[at] ?? nothing);
          learned = true;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, work));
    // Whoever asks about more at once wants all the answers.
    for (const key of this.#known.keys()) {
      if (this.#known.size <= Math.max(mostKept, scripts.length)) break;
      this.#known.delete(key);
    }
    return learned;
  }

  /** What it says about each of a few scripts; undefined when it could not say. */
  async #answers(scripts: readonly Script[], signal: AbortSignal): Promise<readonly (readonly ShellComment[])[] | undefined> {
    const [first] = scripts;
    if (!first) return [];
    if (scripts.length === 1) {
      const output = await this.#run(first.dialect, ['-'], signal, first.text);
      if (!output) return undefined;
      if (output.late) return [nothing];
      const said = readComments(output.text);
      return said && [said.get('-') ?? nothing];
    }
    let folder: string | undefined;
    try {
      const made = (folder = await mkdtemp(join(tmpdir(), 'ml-containers-shellcheck-')));
      const names = scripts.map((_, at) => String(at));
      await Promise.all(scripts.map(({ text }, at) => writeFile(join(made, String(at)), text)));
      const output = await this.#run(first.dialect, names, signal, '', made);
      const said = output && !output.late ? readComments(output.text) : undefined;
      return said && names.map((name) => said.get(name) ?? nothing);
    } catch {
      // Where nothing can be written down, each is asked about for itself.
      return undefined;
    } finally {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  }

  /** Undefined when it was stopped, or is not there; `late` when it was ended because it took too long. */
  #run(
    dialect: Script['dialect'],
    names: readonly string[],
    signal: AbortSignal,
    input: string,
    cwd = tmpdir(),
  ): Promise<{ readonly text: string; readonly late: boolean } | undefined> {
    return new Promise((resolve) => {
      // `--norc`: what a workspace says about shell scripts of its own is not meant for these.
      const child = spawn(this.#program, ['--norc', '--format=json1', `--shell=${dialect}`, ...names], {
        cwd,
        stdio: ['pipe', 'pipe', 'ignore'],
        windowsHide: true,
        timeout: patience,
        signal,
      });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
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
        // 0: nothing found, 1: something; anything else is a version that does not know the options, a file it may not read, or no ShellCheck at all.
        const failed = status !== null && status > 1;
        if (failed && names.length === 1) this.#absent = true;
        resolve(failed && names.length > 1 ? undefined : { text, late: status === null });
      });
      child.stdin.end(input);
    });
  }
}

/** Scripts of one dialect together; each for itself where they are few. */
function batches(scripts: readonly Script[]): (readonly Script[])[] {
  if (scripts.length < fewest) return scripts.map((script) => [script]);
  const byDialect = new Map<string, Script[]>();
  for (const script of scripts) {
    const same = byDialect.get(script.dialect);
    if (same) same.push(script);
    else byDialect.set(script.dialect, [script]);
  }
  return [...byDialect.values()].flatMap((same) =>
    Array.from({ length: Math.ceil(same.length / most) }, (_, at) => same.slice(at * most, (at + 1) * most)),
  );
}

const keyOf = ({ dialect, text }: Script): string => `${dialect}\n${text}`;
