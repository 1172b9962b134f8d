import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { languageOf } from '../src/core.ts';
import { parseDockerfile } from '../src/dockerfile/parse.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import { lineAt } from '../src/text/text.ts';
import { BuildKit, type Verdict } from './askBuildKit.ts';
import { edited } from './dockerfileEdits.ts';
import { meant, refusing } from './heldDockerfileMeant.ts';
import { mutate, random } from './mutate.ts';
import { bareWorld, oracleFolder, rowsOf } from './oracle.ts';

// `npm run held:dockerfile -- [--count 5000] [--seed 1] [--only PATTERN] [FOLDER…]`: takes the Dockerfiles of the examples, of the rules, of the
// oracles and of checkouts, as they are and changed (by people who type, and by chance), and holds our refusals and the checks that BuildKit has
// too against `docker build --check` of an engine of the tests' own. Prints the differences by class, each with its shortest text made
// as short as it can be, and ends with 1 when there are any that heldDockerfileMeant.ts does not name. No image is pulled.

/** A refusal or a warning on which the two differ. */
interface Difference {
  /** What is alike in all of its kind: no names, no numbers. */
  readonly kind: string;
  readonly line: number;
  readonly says: string;
  readonly reason: string | undefined;
  readonly text: string;
}

const { values: options, positionals: folders } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
  allowPositionals: true,
});
const buildKit = await BuildKit.start();
if (typeof buildKit === 'string') {
  console.log(`Nothing is compared: ${buildKit}.`);
  process.exit(0);
}
const verdicts = buildKit.verdicts.bind(buildKit);
const ours = rules.filter(({ id, also }) => refusing.has(id) || also.some((each) => each.startsWith('buildkit:')));
const most = 20_000;
const atOnce = 100;
const workers = 3;
const next = random(Number(options.seed));
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

const originals = [...new Set([...ofRules(), ...ofOracles(), ...['examples', ...folders].flatMap(ofFolder)].map(askable))].filter(
  ({ length }) => length <= most,
);
const changed = Array.from({ length: Number(options.count) }, () => {
  const text = pick(originals);
  return askable(next() < 0.75 ? edited(text, next) : mutate(text, pick(originals), next));
});
const texts = [...new Set([...originals, ...changed])];
const found: Difference[] = [];
let refused = 0;
let unasked = 0;
let at = 0;
await Promise.all(Array.from({ length: workers }, work));
const unmeant = found.filter(({ reason }) => reason === undefined);
for (const [kind, list] of grouped(unmeant, ({ kind }) => kind)) {
  if (!new RegExp(options.only).test(kind)) continue;
  const first = await shortest(list.reduce((one, other) => (other.text.length < one.text.length ? other : one)));
  console.log(`${list.length} × ${kind}\n  line ${first.line}: ${first.says}\n${first.text.replace(/\r/g, '␍').replace(/^/gm, '  | ')}\n`);
}
for (const [reason, list] of grouped(found, ({ reason }) => reason ?? ''))
  if (reason) console.log(`${list.length} differ on purpose: ${reason}`);
console.log(
  `${texts.length - unasked} texts, of which BuildKit refuses ${refused}: ${unmeant.length} differences. ${unasked} could not be asked.`,
);
await buildKit.stop();
process.exit(unmeant.length ? 1 : 0);

async function work(): Promise<void> {
  while (at < texts.length) {
    const some = texts.slice(at, (at += atOnce));
    for (const [index, verdict] of (await verdicts(some)).entries()) {
      if (verdict?.error) refused++;
      if (verdict) found.push(...differences(some[index] ?? '', verdict));
      else unasked++;
    }
  }
}

function differences(text: string, { error: failure, warnings }: Verdict): Difference[] {
  // With `# check=error=true` it fails for what it warns of: the warnings are compared.
  const error = failure?.message.startsWith('lint violation found') ? undefined : failure;
  const document = parseDockerfile('Dockerfile', text);
  const failed = (rule: string, cause: unknown): void => {
    throw new Error(`the rule ${rule} failed on ${JSON.stringify(text)}`, { cause });
  };
  const findings = lint(document, ours, bareWorld(), { all: true, severities: {} }, failed).map((finding) => ({
    ...finding,
    line: lineAt(document.source, finding.span.start) + 1,
  }));
  const all: Difference[] = [];
  const differ = (kind: string, line: number, says: string): void => {
    const reason = meant.find(({ kind: pattern, where }) => pattern.test(`${kind}\n${says}`) && (where?.(document, line) ?? true))?.reason;
    all.push({ kind, line, says, reason, text });
  };
  const refusals = findings.filter(({ rule, severity }) => severity === 'error' && refusing.has(rule));
  if (error && !refusals.length) differ(`only BuildKit refuses it: ${plain(error.message)}`, error.lines[0] ?? 0, error.message);
  else if (error && error.lines.length && !refusals.some(({ line }) => error.lines.includes(line)))
    differ(
      `refused elsewhere: ${plain(error.message)}`,
      error.lines[0] ?? 0,
      `${error.message}; we: ${refusals.map(({ line, message }) => `${line} ${message}`).join(' | ')}`,
    );
  else if (!error) for (const { rule, line, message } of refusals) differ(`only we refuse it: ${rule}: ${plain(message)}`, line, message);
  const checks = findings.flatMap(({ also, line, message }) =>
    also.filter((id) => id.startsWith('buildkit:')).map((id) => ({ check: id.slice('buildkit:'.length), line, message })),
  );
  // What we call an error need not be a warning too.
  for (const { check, lines } of warnings)
    if (![...checks.filter((each) => each.check === check), ...refusals].some(({ line }) => lines.includes(line)))
      differ(`only BuildKit warns: ${check}`, lines[0] ?? 0, check);
  // Where BuildKit refuses a file it stops, and warns of nothing behind.
  if (!error)
    for (const { check, line, message } of checks)
      if (!warnings.some((each) => each.check === check && each.lines.includes(line))) differ(`only we warn: ${check}`, line, message);
  return all;
}

/** The same difference in fewer lines. */
async function shortest(difference: Difference): Promise<Difference> {
  let best = difference;
  for (let size = Math.ceil(best.text.split('\n').length / 2); size >= 1;) {
    const lines = best.text.split('\n');
    const shorter = lines.flatMap((_, at) => (at % size === 0 ? [lines.toSpliced(at, size).join('\n')] : []));
    const said = await verdicts(shorter);
    const same = said.flatMap((verdict, at) =>
      verdict ? differences(shorter[at] ?? '', verdict).filter(({ kind, reason }) => kind === difference.kind && !reason) : [],
    );
    if (same[0] && same[0].text !== best.text) best = same[0];
    else if (size === 1) break;
    else size = Math.floor(size / 2);
  }
  return best;
}

/** Without what has to be pulled: frontends, and images by digest. */
function askable(text: string): string {
  return Buffer.from(text.replace(/@sha256:[0-9a-f]{64}/g, '').replace(/^\s*(?:#|\/\/)\s*syntax\s*=.*\n?/gim, '')).toString();
}

/** A message without what is another in each file. */
function plain(message: string): string {
  return (
    message
      .replace(/"[^"]*"?|«[^»]*»|'[^']*'|`[^`]*`/g, '…')
      .replace(/\S*[\d/$=_\\]\S*/g, '…')
      .split('\n')[0]
      ?.slice(0, 120) ?? ''
  );
}

function ofRules(): readonly string[] {
  return rules
    .filter(({ language }) => language === 'dockerfile')
    .flatMap(({ examples }) => examples.flatMap(({ bad, good }) => [bad, good]))
    .flatMap((text) => (text === undefined ? [] : [text.replace(/[«»]/g, '')]));
}

function ofOracles(): readonly string[] {
  const data = oracleFolder();
  if (data === undefined) return [];
  return readdirSync(data)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => rowsOf(join(data, name)) as { readonly dockerfile?: string }[])
    .flatMap(({ dockerfile }) => (typeof dockerfile === 'string' ? [dockerfile] : []));
}

function ofFolder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => languageOf(path) === 'dockerfile' && statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => readFileSync(path, 'utf8'));
}

function grouped<T>(list: readonly T[], key: (each: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const each of list) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}
