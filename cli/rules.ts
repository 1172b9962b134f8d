import { rules } from '../src/rules/index.ts';
import { oneOf, readArguments } from './input.ts';

/** `ml-containers rules`: what there is. */
export function listRules(args: readonly string[]): number {
  const { values } = readArguments(args, { format: { type: 'string', default: 'text' } });
  if (oneOf('format', values.format, ['text', 'json']) === 'json') {
    const rows = rules.map(({ id, language, severity, enabled, title, why, also, examples }) => ({
      id,
      language,
      severity,
      enabled,
      title,
      why,
      also,
      // A rule with a fix shows it: an example says what the file becomes.
      fixable: examples.some(({ bad, good }) => bad !== undefined && good !== undefined),
    }));
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const width = Math.max(...rules.map(({ id }) => id.length));
  for (const { id, language, severity, enabled, title } of rules)
    process.stdout.write(
      `${id.padEnd(width)}  ${language.padEnd(12)}  ${(enabled ? severity : `${severity}, off`).padEnd(12)}  ${title}\n`,
    );
  return 0;
}
