import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What `docker build --check` says about a Dockerfile. Lines count from 1. */
export interface Verdict {
  readonly error?: { readonly message: string; readonly lines: readonly number[] };
  readonly warnings: readonly { readonly check: string; readonly lines: readonly number[] }[];
}

interface Place {
  readonly ranges?: readonly { readonly start: { readonly line: number }; readonly end: { readonly line: number } }[];
}

interface Answer {
  readonly warnings?: readonly { readonly ruleName: string; readonly location?: Place }[] | null;
  readonly buildError?: { readonly message: string; readonly location?: Place };
}

/** What is used of an engine of test/bed. */
interface Engine {
  docker(
    args: readonly string[],
    options?: { readonly input?: string; readonly cwd?: string },
  ): Promise<{ readonly code: number | null; readonly stdout: string }>;
  stop(): Promise<void>;
}

interface Bed {
  privateEngine(this: void, name: string, log: (line: string) => void): Promise<Engine | { readonly unavailable: string }>;
}

/** An empty image; every image that a text names is this one, so that nothing is pulled. */
const image = 'ml-containers-held:empty';
const emptyTar = '\0'.repeat(10_240);
const unresolved = /failed to resolve source metadata for (\S+):/;

/** The BuildKit of an engine of our own, which reaches no registry: on another one, images would be pulled or called what they are not. */
export class BuildKit {
  readonly #engine: Engine;
  readonly #named = new Set<string>();

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** A sentence where none can be had. */
  static async start(): Promise<BuildKit | string> {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) process.env[name] = 'http://127.0.0.1:9';
    const { privateEngine } = (await import(pathToFileURL(resolve('out/test/bed/engine.js')).href)) as Bed;
    const engine = await privateEngine('held', console.error);
    if ('unavailable' in engine) return engine.unavailable;
    await engine.docker(['import', '-', image], { input: emptyTar });
    return new BuildKit(engine);
  }

  stop(): Promise<void> {
    return this.#engine.stop();
  }

  /** What it says about each text; undefined where it cannot be asked, as where an image is to be of another platform. */
  async verdicts(texts: readonly string[]): Promise<readonly (Verdict | undefined)[]> {
    const folder = mkdtempSync(join(tmpdir(), 'ml-containers-held-'));
    const found: (Verdict | undefined)[] = [];
    try {
      mkdirSync(join(folder, 'context'));
      for (const [at, text] of texts.entries()) writeFileSync(join(folder, `${at}.Dockerfile`), text);
      let left = [...texts.keys()];
      const tried = new Set<string>();
      while (left.length) {
        const answers = await this.#ask(folder, left);
        const missing = new Map<number, string>();
        for (const at of left) {
          const verdict = answers.get(at);
          const name = unresolved.exec(verdict?.error?.message ?? '')?.[1];
          if (name === undefined) found[at] = verdict;
          else if (!tried.has(name)) missing.set(at, name);
        }
        // One that is missing with a name is wanted for another platform, or has a name that cannot be given.
        for (const name of new Set(missing.values())) {
          tried.add(name);
          if (!this.#named.has(name)) await this.#engine.docker(['tag', image, name]);
          this.#named.add(name);
        }
        left = [...missing.keys()];
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return [...texts.keys()].map((at) => found[at]);
  }

  /** One call for all; where that fails as a whole, one for each half, so that one text does not take the others with it. */
  async #ask(folder: string, wanted: readonly number[]): Promise<Map<number, Verdict>> {
    const context = join(folder, 'context');
    const target = Object.fromEntries(wanted.map((at) => [`t${at}`, { context, dockerfile: join(folder, `${at}.Dockerfile`) }]));
    const bake = join(folder, 'bake.json');
    writeFileSync(bake, JSON.stringify({ target, group: { default: { targets: Object.keys(target) } } }));
    const call = ['buildx', 'bake', '-f', bake, '--progress=quiet', '--call=check,format=json'];
    // It reads nothing outside of the folder that it is called in.
    const { stdout } = await this.#engine.docker(call, { cwd: folder });
    const answers = stdout.startsWith('{') ? (JSON.parse(stdout) as { target: Record<string, { check?: Answer }> }).target : {};
    const said = wanted.flatMap((at) => {
      const check = answers[`t${at}`]?.check;
      return check ? [[at, verdictOf(check)] as const] : [];
    });
    if (said.length === wanted.length) return new Map(said);
    const middle = Math.ceil(wanted.length / 2);
    if (middle === wanted.length) return new Map();
    return new Map([...(await this.#ask(folder, wanted.slice(0, middle))), ...(await this.#ask(folder, wanted.slice(middle)))]);
  }
}

function verdictOf({ warnings, buildError }: Answer): Verdict {
  return {
    ...(buildError ? { error: { message: buildError.message, lines: linesOf(buildError.location) } } : {}),
    warnings: (warnings ?? []).map(({ ruleName, location }) => ({ check: ruleName, lines: linesOf(location) })),
  };
}

function linesOf({ ranges = [] }: Place = {}): readonly number[] {
  return ranges.flatMap(({ start, end }) => Array.from({ length: Math.max(end.line - start.line, 0) + 1 }, (_, at) => start.line + at));
}
