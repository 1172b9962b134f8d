/** Rows with something to say as a Markdown table. */
export function table(rows: readonly (readonly [string, string | undefined])[]): string {
  const said = rows.filter(([, value]) => value !== undefined && value !== '');
  return said.length ? ['| | |', '|---|---|', ...said.map(([name, value]) => `| ${name} | ${cell(value ?? '')} |`)].join('\n') : '';
}

/** Text that may stand in a cell. */
export const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');

/** Megabytes as people say them: `130 MB`, `4.3 GB`. */
export const bytes = (megabytes: number): string =>
  megabytes < 1000 ? `${megabytes} MB` : `${(megabytes / 1000).toFixed(1).replace(/\.0$/, '')} GB`;

/** A list of code words. */
export const codes = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');
