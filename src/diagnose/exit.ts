import type { ExitCode } from '../knowledge/knowledge.ts';

/** How a container ended, as the engine tells it. */
export interface Ending {
  readonly code: number;
  readonly oomKilled?: boolean;
  /** The engine's own message, when the container could not start. */
  readonly error?: string;
}

/** What an ending means: a word for a tree, a sentence for a tooltip, things to try. */
export interface EndingExplanation {
  readonly label: string;
  readonly meaning: string;
  readonly tryThis: readonly string[];
}

const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
};

export function explainExit({ code, oomKilled, error }: Ending, codes: readonly ExitCode[]): EndingExplanation {
  const row = codes.find((candidate) => String(candidate.code) === String(code));
  const signal = code > 128 && code < 160 ? (signals[code - 128] ?? `signal ${code - 128}`) : undefined;
  if (oomKilled)
    return {
      label: `out of memory (exit ${code})`,
      meaning: `The kernel killed a process of this container because the container reached its memory limit, or the machine had no memory left. It ended with code ${code}.`,
      tryThis: row && code === 137 ? row.tryThis : (codes.find((candidate) => String(candidate.code) === '137')?.tryThis ?? []),
    };
  const label = code === 0 ? 'exit 0' : signal ? `exit ${code}, ${signal}` : `exit ${code}`;
  const meaning = row?.meaning ?? (signal ? `Ended by ${signal}.` : `Ended with code ${code}, which the program chose itself.`);
  return { label, meaning: error ? `${error} ${meaning}` : meaning, tryThis: row?.tryThis ?? [] };
}
