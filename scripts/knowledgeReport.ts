import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableSource } from './generate/knowledgeDocs.ts';

// `npm run knowledge:report` prints the tables, those checked longest ago first.
const folder = 'src/knowledge/tables';
const today = process.argv[2] ?? new Date().toISOString().slice(0, 7);
const months = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

const rows = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => tableSource(file, readFileSync(join(folder, file), 'utf8')))
  .sort((a, b) => a.checked.localeCompare(b.checked) || a.table.localeCompare(b.table));
for (const { table, checked, about } of rows) {
  const past = checked ? months(checked, today) : 0;
  const age = checked ? `${String(past).padStart(3)} ${past === 1 ? 'month ' : 'months'}` : '  unknown';
  process.stdout.write(`${(checked || '?').padEnd(8)} ${age}  ${table.padEnd(18)} ${about}\n`);
}
const old = rows.filter(({ checked }) => !checked || months(checked, today) > 6);
process.stdout.write(
  `${rows.length} tables, ${old.length} checked more than six months ago${old.length ? `: ${old.map(({ table }) => table).join(', ')}` : ''}.\n`,
);
