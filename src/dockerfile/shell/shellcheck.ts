/** What ShellCheck says about a place of a script. Lines and columns count from 1, columns in code points. */
export interface ShellComment {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly level: 'error' | 'warning' | 'info' | 'style';
  /** The number after `SC`. */
  readonly code: number;
  readonly message: string;
  readonly replacements: readonly Replacement[];
}

/** Text that ShellCheck would put in place of a part of the script. */
export interface Replacement {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** Reads what `shellcheck --format=json1` prints, by file (`-` is its input); undefined when it is something else. */
export function readComments(output: string): ReadonlyMap<string, readonly ShellComment[]> | undefined {
  let root: unknown;
  try {
    root = JSON.parse(output);
  } catch {
    return undefined;
  }
  const comments = fields(root)['comments'];
  if (!Array.isArray(comments)) return undefined;
  const byFile = new Map<string, ShellComment[]>();
  for (const row of comments.map(fields)) {
    const read = comment(row);
    const file = typeof row['file'] === 'string' ? row['file'] : '-';
    if (read) byFile.set(file, [...(byFile.get(file) ?? []), read]);
  }
  return byFile;
}

function comment(row: Fields): ShellComment | undefined {
  const place = placeOf(row);
  const { code, level, message } = row;
  if (!place || typeof code !== 'number' || typeof message !== 'string') return undefined;
  const replacements = fields(row['fix'])['replacements'];
  return {
    ...place,
    code,
    message,
    level: level === 'error' || level === 'warning' || level === 'style' ? level : 'info',
    replacements: Array.isArray(replacements) ? replacements.flatMap((each) => replacement(fields(each)) ?? []) : [],
  };
}

function replacement(row: Fields): Replacement | undefined {
  const place = placeOf(row);
  const text = row['replacement'];
  return place && typeof text === 'string' ? { ...place, text } : undefined;
}

function placeOf({ line, column, endLine, endColumn }: Fields): Omit<Replacement, 'text'> | undefined {
  return typeof line === 'number' && typeof column === 'number' && typeof endLine === 'number' && typeof endColumn === 'number'
    ? { line, column, endLine, endColumn }
    : undefined;
}

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
