/** A command line as data: it can be shown, tested, copied or run. */
export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
}

/** Whose quoting a shown command line follows. */
export type Shell = 'posix' | 'powershell';

/** One line that a person can paste into the shell and get exactly these arguments. */
export function commandLine({ program, args }: Invocation, shell: Shell = 'posix'): string {
  const quote = shell === 'posix' ? posix : powershell;
  return [program, ...args].map(quote).join(' ');
}

function posix(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function powershell(word: string): string {
  if (/^[\w+=:./\\-]+$/.test(word)) return word;
  // PowerShell hands an inner double quote on to a program only when it is escaped as well.
  return `'${word.replaceAll("'", "''").replaceAll('"', '\\"')}'`;
}
