import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../src/core.ts';
import { broken } from './broken.ts';
import { mutate, random } from './mutate.ts';

// `npm run fuzz [-- COUNT] [--compose] [FOLDER…]`: mutated Dockerfiles, Compose and requirements files of the examples (and of folders) against the core.
// Ends with 1 at the first text that makes it throw, hang or point outside the text, and prints what repeats it.

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [asked, ...folders] = words;
const count = Number(asked ?? 200_000);
const only = process.argv.includes('--compose') ? 'compose' : undefined;
const texts = ['examples', ...folders]
  .filter((folder) => existsSync(folder))
  .flatMap(textsIn)
  .filter(({ path }) => only === undefined || languageOf(path) === only);
const seed = Number(process.env['SEED'] ?? 1);
const next = random(seed);
const pick = () => texts[Math.floor(next() * texts.length)] ?? { path: 'Dockerfile', text: '' };
let slowest = 0;
const start = performance.now();
for (let at = 0; at < count; at++) {
  const { path, text } = pick();
  const changed = mutate(text, pick().text, next, languageOf(path) === 'compose');
  const result = broken(path, changed, at % 10 === 0);
  if (typeof result === 'string') {
    console.error(`${result}\nseed ${seed}, text ${at}, from ${path}:\n${JSON.stringify(changed)}`);
    process.exit(1);
  }
  slowest = Math.max(slowest, result);
  if (at % 20_000 === 19_999) console.log(`${at + 1} texts, the slowest read in ${slowest.toFixed(1)} ms`);
}
console.log(
  `${count} mutated texts of ${texts.length} files: none throws, the slowest is read in ${slowest.toFixed(1)} ms (${((performance.now() - start) / 1000).toFixed(0)} s)`,
);

function textsIn(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return entry.isFile() && languageOf(path) ? [{ path, text: readFileSync(path, 'utf8') }] : [];
  });
}
