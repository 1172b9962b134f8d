import { appendFileSync } from 'node:fs';
import type { TestEvent } from 'node:test/reporters';

/** What a run counted; one JSON line per test file run, in the file that `ML_CONTAINERS_COUNTS` names. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A reporter that is silent about what passes, whole about what fails, and names what is skipped and why. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const where = data.file ? ` (${data.file.replace(/^.*\/out\//, '')})` : '';
    if (data.skip !== undefined && data.skip !== false) {
      counts.skipped++;
      yield `  skipped: ${data.name}${where}${typeof data.skip === 'string' && data.skip ? `: ${data.skip}` : ''}\n`;
    } else if (type === 'test:pass') {
      if (data.details.type !== 'suite') counts.passed++;
    } else {
      const { error } = data.details;
      // A parent fails because a child did: the child is reported.
      if ('failureType' in error && error.failureType === 'subtestsFailed') continue;
      counts.failed++;
      yield `  ✖ ${data.name}${where}\n${indent(reason(error))}\n`;
    }
  }
  const file = process.env['ML_CONTAINERS_COUNTS'];
  if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
}

function reason(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.stack ?? cause.message;
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
