import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from './reporter.ts';
import { step } from './step.ts';

// `npm test`: everything, in the order in which it fails soonest. `npm test -- unit engine` runs only those suites.
// On the CI machine (CI=true) a skipped test of the engine or of VS Code is a failure: there, all of it has to run.

interface Suite {
  readonly name: string;
  readonly timeout: number;
  /** Tests that share the engine or the screen run one after the other. */
  readonly alone: boolean;
}
const suites: readonly Suite[] = [
  { name: 'unit', timeout: 120_000, alone: false },
  { name: 'engine', timeout: 300_000, alone: true },
  { name: 'extension', timeout: 300_000, alone: true },
  { name: 'person', timeout: 600_000, alone: true },
];

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const wanted = suites.filter(({ name }) => !asked.length || asked.includes(name));
const scratch = mkdtempSync(join(tmpdir(), 'ml-containers-test-'));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const node = process.execPath;
const bin = (name: string, path: string): string => join('node_modules', name, path);

try {
  if (!asked.length) {
    await check('generated files are fresh', [node, 'out/scripts/generate.js', '--check']);
    await check('lint', [node, bin('eslint', 'bin/eslint.js'), '.']);
    await check('format', [node, bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.']);
  }
  await check('bundle', [node, 'out/scripts/build.js']);
  for (const suite of wanted)
    await step(`${suite.name} tests`, () => {
      run(suite);
    });
  if (!asked.length) await check('oracles', [node, 'out/scripts/oracles.js', '--brief']);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed ? 1 : 0);

function check(title: string, [program = '', ...args]: readonly string[]): Promise<void> {
  return step(title, () => {
    const { status } = spawnSync(program, args, { stdio: ['ignore', 2, 2] });
    if (status === 0) total.passed++;
    else {
      total.failed++;
      console.error(`  ✖ ${title}`);
    }
  });
}

function run({ name, timeout, alone }: Suite): void {
  const folder = join('out', 'test', name);
  const compiled = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  // A test that was taken out stays compiled.
  const files = compiled.filter((file) => file.endsWith('.test.js') && existsSync(join('test', name, file.replace(/\.js$/, '.ts'))));
  if (!files.length) return;
  const counted = join(scratch, `${name}.jsonl`);
  const args = [
    '--enable-source-maps',
    '--test',
    ...(alone ? ['--test-concurrency=1'] : []),
    `--test-timeout=${timeout}`,
    '--test-reporter=./out/scripts/reporter.js',
    '--test-reporter-destination=stdout',
    ...files.sort().map((file) => join(folder, file)),
  ];
  const { status } = spawnSync(node, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ML_CONTAINERS_COUNTS: counted } });
  const counts = existsSync(counted)
    ? readFileSync(counted, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Counts)
    : [];
  const sum = (key: keyof Counts): number => counts.reduce((all, one) => all + one[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const mustRun = process.env['CI'] === 'true' && name !== 'unit';
  if (mustRun && skipped) console.error(`  ✖ ${skipped} ${name} tests were skipped, and on the CI machine none may be`);
  if (status !== 0 && !failed) console.error(`  ✖ the ${name} tests ended with status ${status ?? 'none'}`);
  total.passed += passed;
  total.failed += failed + (mustRun ? skipped : 0) + (status !== 0 && !failed ? 1 : 0);
  total.skipped += mustRun ? 0 : skipped;
  console.error(`  ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
