import { EngineError, engineError } from '../../engine/failure.ts';

interface Named {
  readonly id: string;
  readonly name?: string;
  readonly reference?: string;
}

/** Does the same to each thing at once; one that fails does not keep the others from it. What failed is told in one error. */
export async function each<T extends Named>(subjects: readonly T[], work: (subject: T) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(subjects.map(work));
  const failed = results.flatMap((result, index) => {
    const subject = subjects[index];
    return result.status === 'rejected' && subject ? [{ subject, error: engineError(result.reason) }] : [];
  });
  const [first] = failed;
  if (!first) return;
  if (subjects.length === 1) throw first.error;
  const lines = failed.map(({ subject, error }) => `${named(subject)}: ${error.message}`);
  throw new EngineError(first.error.reason, `${failed.length} of ${subjects.length} failed. ${lines.join(' ')}`, { cause: first.error });
}

/** What a person calls it. */
export const named = ({ name, reference, id }: Named): string =>
  name ?? reference ?? (/^(sha256:)?[0-9a-f]{64}$/.test(id) ? id.replace('sha256:', '').slice(0, 12) : id);

/** `a, b and 3 more`. */
export function listed(subjects: readonly Named[], most = 4): string {
  const names = subjects.slice(0, most).map(named);
  const rest = subjects.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
