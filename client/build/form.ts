import { commandLine, type Invocation, type Shell } from '../../src/plan/invocation.ts';
import type { Choice, Ui } from '../ui.ts';

/** One thing about a plan that can be changed; `change` answers the new plan, or nothing to leave it. */
export interface FormRow<P> {
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  readonly change: (ui: Ui) => Promise<P | undefined>;
}

/** A plan that a person looks at and changes until it is right. */
export interface Form<P> {
  readonly title: string;
  /** What starts it: `Build`. */
  readonly verb: string;
  readonly rows: (plan: P) => readonly FormRow<P>[];
  /** What will be run. */
  readonly invocation: (plan: P) => Invocation;
}

export const shellOfThisMachine: Shell = process.platform === 'win32' ? 'powershell' : 'posix';

/** Shows what will be run, and what of it can be changed; undefined when the person left. */
export async function fill<P>(ui: Ui, form: Form<P>, first: P): Promise<P | undefined> {
  let plan = first;
  for (;;) {
    const line = commandLine(form.invocation(plan), shellOfThisMachine);
    const [start = '', ...rest] = inRows(line);
    const rows = form.rows(plan);
    const choices: Choice<'go' | 'copy' | FormRow<P>>[] = [
      { label: form.verb, detail: start, icon: 'play', value: 'go' },
      ...rest.map((part) => ({ label: part, value: 'go' as const })),
      { label: 'Copy this command line', icon: 'copy', value: 'copy' },
      ...rows.map((row) => ({
        label: row.label,
        icon: row.icon,
        value: row,
        ...(row.description !== undefined && { description: row.description }),
      })),
    ];
    const chosen = await ui.pick(form.title, choices, { placeholder: `${form.verb} now, or change how` });
    if (chosen === undefined) return undefined;
    if (chosen === 'go') return plan;
    if (chosen === 'copy') {
      await ui.copy(line);
      ui.status('Copied the command line');
      return undefined;
    }
    plan = (await chosen.change(ui)) ?? plan;
  }
}

// As much as a row of the picker shows.
const rowLength = 84;

/** A long command line in rows that can be read to their ends, broken at spaces. */
export function inRows(line: string): readonly string[] {
  const rows: string[] = [];
  for (const word of line.split(' ')) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < rowLength) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}
