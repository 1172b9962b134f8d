import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isHere, refusedBy } from './askCompose.ts';
import { refusals } from './composeCase.ts';
import { random } from './mutate.ts';

// `npm run held:edits -- [--count 1000] [--seed 1] FOLDER…`: takes Compose files out of checkouts, changes a line or two of each as people do who
// type, and holds what we refuse against `docker compose config`. Prints each text about which the two differ. Ends with 1 when there are any.

const { values: options, positionals: folders } = parseArgs({
  options: { count: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
if (!isHere) {
  console.log('Docker Compose is not here: nothing is compared.');
  process.exit(0);
}
const composeFile = /(?:^|[/.-])compose[\w.-]*\.ya?ml$/;
const most = 20_000;
const texts = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .filter((path) => composeFile.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .filter(({ length }) => length <= most);
if (!texts.length) throw new Error('Name folders with Compose files.');

/** What is not here, is given later, or is a rule of its own; and what only the engine refuses. */
const elsewhere = /(?:env|label) file|no such file|not found: stat|required variable|is missing a value|container name .* already in use/;
const ours = /^compose-(?:env-file|required-variable|include):|HOST=ADDRESS, not «[^»]+[=:]»/;

const next = random(Number(options.seed));
const below = (limit: number): number => Math.floor(next() * limit);
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
const marks = ': - \" \' [ ] { } # * &a ! % @ | > , $ ${ ? ~ ` \\ 1 x'.split(' ').concat([' ', '\t', ' #', '- ', ': ', '<<: ']);
const values = ['5', 'true', '{}', '[]', 'abc', 'null', '"x"', '1.5', '{a: b}', '[a]', '-1', '${X}', '10s'];

/** What people do to a line, as the lines that stand there then. */
const edits: readonly ((line: string, after: string) => readonly string[])[] = [
  (line, after) => [`  ${line}`, after],
  (line, after) => [` ${line}`, after],
  (line, after) => [line.replace(/^ {1,2}/, ''), after],
  (_, after) => [after],
  (line, after) => [line, line, after],
  (line, after) => [after, line],
  (line, after) => [`${line} ${after.trim()}`],
  (line, after) => {
    const at = below(line.length + 1);
    return pick([
      [line.slice(0, at), line.slice(at)],
      [line.slice(0, at) + line.slice(at + 1)],
      [line.slice(0, at) + pick(marks) + line.slice(at)],
    ]).concat(after);
  },
  (line, after) => [line.replace(': ', pick([':', ' ', ': [', ': "'])), after],
  (line, after) => [line.replace('- ', pick(['-', ''])), after],
  (line, after) => [line.replace(/^( *)/, pick(['$1- ', '$1# ', '\t'])), after],
  (line, after) => [line.replace(/# ?/, ''), after],
  (line, after) => [line.replace(/["']/, ''), after],
  (line, after) => [line.replace(/: .*$/, pick([':', `: ${pick(values)}`])), after],
  (line, after) => [line.replace(/: (.*)$/, ': [$1]'), after],
  // Behind a comment Compose takes some tabs, and we all.
  (line, after) => [line, /#|^\s*$/.test(line) ? '' : pick(['\t', '    \t', '          \t', '\t# c']), after],
];

function edited(text: string): string {
  const lines = text.split('\n');
  for (let times = 1 + below(2); times > 0; times--) {
    const said = lines.flatMap((line, at) => (line.trim() === '' ? [] : [at]));
    const at = said.length ? pick(said) : 0;
    lines.splice(at, 2, ...pick(edits)(lines[at] ?? '', lines[at + 1] ?? ''));
  }
  return lines.join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'ml-containers-edits-'));
const found: string[] = [];
let refused = 0;
let left = Number(options.count);
await Promise.all(['one', 'two'].map(work));
rmSync(folder, { recursive: true, force: true });
for (const each of found) console.log(each);
console.log(`${options.count} texts, of which Compose refuses ${String(refused)}: ${String(found.length)} differ.`);
process.exit(found.length ? 1 : 0);

async function work(name: string): Promise<void> {
  const place = join(folder, name);
  mkdirSync(place);
  while (left-- > 0) {
    const yaml = edited(pick(texts));
    writeFileSync(join(place, 'compose.yaml'), yaml);
    const theirs = await refusedBy(place);
    if (theirs !== undefined) refused++;
    if (theirs !== undefined && elsewhere.test(theirs)) continue;
    const [first] = refusals({ name, yaml, env: {} }).filter(({ message }) => !ours.test(message));
    if ((theirs === undefined) === (first === undefined)) continue;
    const says =
      theirs === undefined
        ? `only we refuse it, on line ${String(first?.line)}: ${first?.message ?? ''}`
        : `only Compose refuses it: ${theirs}`;
    found.push(`${says}\n${yaml.replace(/^/gm, '  | ')}\n`);
  }
}
