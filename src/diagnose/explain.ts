import type { KnownError } from '../knowledge/knowledge.ts';
import { plain } from '../text/terminal.ts';

/** Why something failed, and what to do about it. */
export interface Explanation {
  readonly id: string;
  /** The text that was recognised. */
  readonly found: string;
  readonly cause: string;
  readonly fixes: readonly string[];
}

/** The first row that matches: rows are ordered special before general. */
export function explain(text: string, errors: readonly KnownError[]): Explanation | undefined {
  const clean = bare(text);
  for (const row of errors) {
    const match = compiled(row).exec(clean);
    if (match) return explanation(row, match);
  }
  return undefined;
}

/** Every row that matches, the one nearest the end first: what came last is usually what ended it, sums apart. */
export function explainAll(text: string, errors: readonly KnownError[], limit = 3): readonly Explanation[] {
  const clean = bare(text);
  const taken = new Set<string>();
  return errors
    .flatMap((row, order) => {
      const match = compiled(row).exec(clean);
      return match ? [{ row, match, order, line: clean.slice(0, match.index).split('\n').length }] : [];
    })
    .sort((a, b) => Number(isSum(a.row)) - Number(isSum(b.row)) || b.line - a.line || a.order - b.order)
    .filter(({ line }) => !taken.has(String(line)) && taken.add(String(line)))
    .slice(0, limit)
    .map(({ row, match }) => explanation(row, match));
}

/** What only sums up that something before it failed, whatever comes last. */
const isSum = ({ id }: KnownError): boolean => sums.has(id);
const sums: ReadonlySet<string> = new Set([
  'subprocess-metadata',
  'vllm-engine',
  'restart-loop',
  'context-canceled',
  'unhealthy-dep',
  'dep-exited',
]);

/** The text without colours and without what BuildKit (`#12 3.45 `), Compose (`web-1  | `, `web | `) and `--timestamps` put before each line. */
export function bare(text: string): string {
  return plain(short(text)).replace(
    /^(?:#\d+ (?:\d+\.\d+ )?|[A-Za-z0-9][\w.-]* +\| )?(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) )?/gm,
    '',
  );
}

// No message that is known is longer, and expressions may take their time over a megabyte on one line.
const longest = 2000;
const short = (text: string): string => (text.length <= longest ? text : text.replace(/[^\n]{2000,}/g, (line) => line.slice(0, longest)));

function explanation({ id, cause, fix }: KnownError, match: RegExpExecArray): Explanation {
  return { id, found: firstLine(match[0].trim()), cause, fixes: fix };
}

const firstLine = (text: string): string => (/^[^\n]*/.exec(text) ?? [''])[0];

const cache = new WeakMap<KnownError, RegExp>();
function compiled(row: KnownError): RegExp {
  const known = cache.get(row) ?? new RegExp(row.pattern, row.flags.replace(/[gy]/g, ''));
  cache.set(row, known);
  return known;
}
