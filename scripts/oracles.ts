import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { oracleFolder, rowsOf, type Oracle } from './oracle.ts';

// `npm run oracles [NAME…]`: every oracle's figures; with names, also each case that comes out differently. `--brief` prints only the table.

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const brief = process.argv.includes('--brief');
const data = oracleFolder();
if (!data) {
  console.error('  The oracles (shared/oracles) are not beside this checkout: nothing is measured.');
  process.exit(0);
}

const folder = join(import.meta.dirname, 'oracles');
const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.js')) : [];
let failed = 0;
for (const name of names.sort()) {
  const { oracle } = (await import(pathToFileURL(join(folder, name)).href)) as { oracle: Oracle };
  if (wanted.length && !wanted.some((part) => oracle.file.includes(part) || name.includes(part))) continue;
  const path = join(data, oracle.file);
  if (!existsSync(path)) {
    console.error(`  ${oracle.file}: not there, not measured`);
    continue;
  }
  const start = performance.now();
  for (const { title, passed, total, deliberate, floor, misses } of oracle.measure(oracle.file.endsWith('.jsonl') ? rowsOf(path) : [])) {
    const share = total ? passed / total : 1;
    const low = share < floor;
    if (low) failed++;
    const figures = `${passed}/${total}`.padStart(11);
    const percent = `${(100 * share).toFixed(1)} %`.padStart(8);
    console.log(
      `${low ? '✖' : ' '} ${oracle.file.padEnd(30)} ${title.padEnd(28)} ${figures} ${percent}  (floor ${(100 * floor).toFixed(1)} %)`,
    );
    for (const { reason, count } of deliberate) console.log(`    ${String(count).padStart(4)} more differ on purpose: ${reason}`);
    if (wanted.length && !brief) for (const miss of misses) console.log(`    ${miss}`);
  }
  console.error(`    ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
process.exit(failed ? 1 : 0);
