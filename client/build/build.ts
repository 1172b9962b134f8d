import type { Dockerfile } from '../../src/dockerfile/model.ts';
import type { KnownError } from '../../src/knowledge/knowledge.ts';
import type { Invocation } from '../../src/plan/invocation.ts';
import { failureOf, type BuildFailure } from './failure.ts';
import { runLines, type Surroundings } from './process.ts';
import { noProgress, printed, progressed, type BuildProgress } from './progress.ts';

/** How a build ended. */
export type BuildOutcome =
  | { readonly kind: 'built'; readonly progress: BuildProgress }
  | { readonly kind: 'failed'; readonly progress: BuildProgress; readonly failure: BuildFailure }
  | { readonly kind: 'cancelled'; readonly progress: BuildProgress };

/** Who watches a build. */
export interface BuildWatcher {
  progress(progress: BuildProgress): void;
  /** What a step printed: not always whole lines. */
  printed(step: string, text: string, progress: BuildProgress): void;
  words(line: string): void;
}

/** Runs a build that reports as `rawjson`. `dockerfile` is the file as it is on disk when the build begins. */
export async function runBuild(
  invocation: Invocation,
  surroundings: Surroundings,
  dockerfile: Dockerfile,
  errors: readonly KnownError[],
  watcher: BuildWatcher,
  signal: AbortSignal,
): Promise<BuildOutcome> {
  let progress = noProgress;
  const exit = await runLines(
    invocation,
    surroundings,
    (line) => {
      const words = progress.words.length;
      progress = progressed(progress, line);
      if (progress.words.length > words) watcher.words(line);
      else {
        watcher.progress(progress);
        for (const { step, text } of printed(line)) watcher.printed(step, text, progress);
      }
    },
    signal,
  );
  switch (exit.kind) {
    case 'cancelled':
      return { kind: 'cancelled', progress };
    case 'failed':
      return { kind: 'failed', progress, failure: { message: exit.message, output: [] } };
    case 'ended':
      return exit.code === 0 ? { kind: 'built', progress } : { kind: 'failed', progress, failure: failureOf(progress, dockerfile, errors) };
  }
}
