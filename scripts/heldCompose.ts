import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Shape } from '../src/compose/keys/key.ts';
import { alternatives } from '../src/compose/keys/lookup.ts';
import { root } from '../src/compose/keys/root.ts';
import { isHere, refusedBy } from './askCompose.ts';
import { refusals } from './composeCase.ts';
import { companions, files, names, newer, project, values } from './heldComposeValues.ts';

// `npm run held:compose -- [--share 0.05] [--seed 1] [--only PATTERN]`: makes a Compose file for every key of our table with every kind of value,
// takes a share of them, and holds what we refuse against `docker compose config`, which needs no engine. Prints each file about which the two
// differ, and each fault that is not told on the line of the value. Ends with 1 when there are any.

interface Held {
  readonly id: string;
  readonly yaml: string;
  /** The line of the value, from 1. */
  readonly line: number;
}

const { values: options } = parseArgs({
  options: {
    share: { type: 'string', default: '0.05' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
if (!isHere) {
  console.log('Docker Compose is not here: nothing is compared.');
  process.exit(0);
}

/** What we leave to whoever starts the project, or say as a remark: files elsewhere on the machine, a service that a variable names. */
const givenLater = /^(?:env|label) file (?!.*ml-containers-held-)|depends on undefined service ""/;

const random = numbers(Number(options.seed));
const wanted = new RegExp(options.only);
const cases = [...places(root, [])]
  .filter((path) => !newer.some((each) => `${path.join('.')}.`.startsWith(`${each}.`)) && wanted.test(path.join('.')))
  .flatMap((path) => values.flatMap((value) => (random() < Number(options.share) ? held(path, value) : [])));
const folder = mkdtempSync(join(tmpdir(), 'ml-containers-held-'));
const found: string[] = [];
let refused = 0;
let next = 0;
await Promise.all([work('one'), work('two')]);
rmSync(folder, { recursive: true, force: true });
for (const line of found) console.log(line);
console.log(`${String(cases.length)} files, of which Compose refuses ${String(refused)}: ${String(found.length)} differ.`);
process.exit(found.length ? 1 : 0);

async function work(name: string): Promise<void> {
  const place = join(folder, name);
  mkdirSync(place);
  for (const [path, text] of Object.entries(files)) writeFileSync(join(place, path), text);
  for (let each = cases[next++]; each; each = cases[next++]) {
    writeFileSync(join(place, 'compose.yaml'), each.yaml);
    const theirs = await refusedBy(place);
    if (theirs !== undefined && givenLater.test(theirs)) continue;
    const ours = refusals({ name: each.id, yaml: each.yaml, auxFiles: files, env: {} });
    if (theirs !== undefined) refused++;
    if (theirs === undefined && ours[0]) found.push(`${each.id}: only we refuse it: ${ours[0].message}`);
    else if (theirs !== undefined && !ours.length) found.push(`${each.id}: only Compose refuses it: ${theirs}`);
    else if (theirs !== undefined && ours.every(({ line }) => line < each.line - 1 || line > each.line + 1))
      found.push(`${each.id}: refused on line ${String(ours[0]?.line)}, not ${String(each.line)}: ${theirs}`);
  }
}

/** Every place that has a value, as a path of keys: `*` is a name of one's own choice, `-` an item of a list. */
function* places(shape: Shape, path: readonly string[], above: readonly Shape[] = []): Generator<readonly string[]> {
  if (above.includes(shape)) return;
  for (const each of alternatives(shape)) {
    const inner =
      each.kind === 'map'
        ? [
            ...Object.entries(each.keys).map(([name, key]) => [name, key.shape] as const),
            ...(each.others ? [['*', each.others] as const] : []),
          ]
        : each.kind === 'list'
          ? [['-', each.of] as const]
          : [];
    for (const [step, below] of inner) {
      yield [...path, step];
      yield* places(below, [...path, step], [...above, shape]);
    }
  }
}

/** A project with one value at a place, and beside it what Compose wants there. */
function held(path: readonly string[], value: string): Held {
  const hole = '@@';
  const nested = path.reduceRight<unknown>((inner, step, at) => {
    if (step === '-') return [inner];
    const here = path.slice(0, at + 1).join('.');
    const { [here]: name = step === '*' ? 'k' : step } = names;
    const { [name]: _, ...beside } = companions[path.slice(0, at).join('.')] ?? {};
    return { ...beside, [name]: inner };
  }, hole);
  const [start = '', end = ''] = JSON.stringify(laid(project, nested)).split(`"${hole}"`);
  return { id: `${path.join('.')} = ${value}`, yaml: `${start}\n${value}\n${end}\n`, line: 2 };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function laid(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above;
  const both = Object.entries(above).map(([key, value]) => [key, key in below ? laid(below[key], value) : value] as const);
  return { ...below, ...Object.fromEntries(both) };
}

/** Numbers from 0 to 1 that a seed gives. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
