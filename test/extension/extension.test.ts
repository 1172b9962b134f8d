import { test } from 'node:test';
import { ensureHost, runSuite } from './host.ts';

// The cases run inside VS Code (suite/); here each becomes a test of its own.

const host = await ensureHost(console.error);
const skip = 'unavailable' in host ? host.unavailable : false;

test('the extension inside VS Code', { skip }, async (parent) => {
  if ('unavailable' in host) return;
  const windows = await runSuite(host);
  for (const [folder, results] of Object.entries(windows)) {
    for (const { name, error, note } of results) {
      if (note) console.error(`  ${name}: ${note}`);
      await parent.test(`${folder}: ${name}`, () => {
        if (error) throw new Error(error);
      });
    }
  }
});
