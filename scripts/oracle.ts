import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knowledge } from '../src/knowledge/index.ts';
import type { World } from '../src/lint/rule.ts';

// Other tools' own test cases, as data, measure the language side. They live beside the repository and never in it.

/** One measure: a file of `scripts/oracles` exports it as `oracle`. */
export interface Oracle {
  /** The data file's name, e.g. `buildkit-parse.jsonl`. */
  readonly file: string;
  /** Runs every row. */
  measure(this: void, rows: readonly unknown[]): readonly Score[];
}

/** How many of one kind of case came out as the oracle says. */
export interface Score {
  /** What is counted: `triggering`, `quiet`, `same AST`. */
  readonly title: string;
  readonly passed: number;
  readonly total: number;
  /** Cases that come out differently on purpose, by reason: they count neither for nor against. */
  readonly deliberate: readonly { readonly reason: string; readonly count: number }[];
  /** The share (0 to 1) below which `npm run oracles` fails: the level reached, so that nothing slips back. */
  readonly floor: number;
  /** One line a case that came out differently: shown with `npm run oracles -- NAME`. */
  readonly misses: readonly string[];
}

/** Why a case comes out differently on purpose; undefined where it should not. */
export type Deliberate<Row> = (row: Row) => string | undefined;

/** Counts cases: `verdict` gives undefined when the case comes out right, else a line that says what is different. */
export function score<Row>(
  title: string,
  floor: number,
  rows: readonly Row[],
  verdict: (row: Row) => string | undefined,
  deliberate: Deliberate<Row> = () => undefined,
): Score {
  const reasons = new Map<string, number>();
  const misses = rows.flatMap((row) => {
    try {
      const miss = verdict(row);
      const reason = miss === undefined ? undefined : deliberate(row);
      if (reason === undefined) return miss ?? [];
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      return [];
    } catch (error) {
      return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    }
  });
  const differences = [...reasons].map(([reason, count]) => ({ reason, count }));
  const total = rows.length - differences.reduce((sum, { count }) => sum + count, 0);
  return { title, passed: total - misses.length, total, deliberate: differences, floor, misses };
}

/** The folder with the data: `ML_CONTAINERS_ORACLES`, or `shared/oracles` beside the checkout; undefined where it is absent. */
export function oracleFolder(): string | undefined {
  const places = [process.env['ML_CONTAINERS_ORACLES'], ...['..', '../..'].map((up) => join(up, 'shared/oracles'))];
  return places.find((place): place is string => place !== undefined && existsSync(place));
}

/** The rows of a `.jsonl` file. */
export const rowsOf = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);

/** A world with nothing beside the document: no other files, no engine. */
export const bareWorld = (options: Partial<World['options']> = {}): World => ({
  knowledge,
  files: { read: () => undefined, exists: () => false, list: () => undefined, size: () => undefined },
  workspace: { dockerfiles: () => [], composeFiles: () => [] },
  live: { images: [], gpus: [] },
  options: { buildArgs: {}, trustedRegistries: [], labelSchema: {}, strictLabels: false, ...options },
  today: '2026-11-21',
});
