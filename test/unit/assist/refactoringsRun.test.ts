import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { refactoringsInDockerfile } from '../../../src/assist/dockerfile/refactorings.ts';
import { languageOf } from '../../../src/core.ts';
import type { Dockerfile, Instruction } from '../../../src/dockerfile/model.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

// Refactorings keep what a build does: RUNs are really run before and after, and files keep their comments and line ends.

let seed = 3;
const random = (below: number): number => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return (seed >> 8) % below;
};
const pick = <T>(items: readonly [T, ...T[]]): T => items[random(items.length)] ?? items[0];
type Maker = () => string;

let count = 0;
function command(): string {
  count++;
  return pick([`t ${count}`, `t ${count}`, `t "a ${count}"`, `f ${count}`, 'cd /tmp', `V=${count}`]);
}
function step(depth = 0): string {
  if (depth > 1) return command();
  const makers: readonly [Maker, ...Maker[]] = [
    command,
    command,
    command,
    () => `${command()} | ${command()}`,
    (): string => `(${list(depth + 1)})`,
    (): string => `{ ${list(depth + 1)}; }`,
    (): string => `if ${command()}; then ${list(depth + 1)}; fi`,
    (): string => `for i in 1 2; do ${list(depth + 1)}; done`,
    () => `! ${command()}`,
  ];
  return pick(makers)();
}
const list = (depth: number): string =>
  Array.from({ length: 1 + random(3) }, (_, index) => `${index ? pick([' && ', ' && ', ' && ', ' || ', '; ']) : ''}${step(depth)}`).join(
    '',
  );
const chain = (): string => Array.from({ length: 1 + random(4) }, () => step()).join(pick([' && ', ' \\\n    && ', ' && \\\n  # why\n  ']));
const script = (): string =>
  `<<EOF\n${pick(['set -e\n', 'set -ex\n'])}${Array.from({ length: 1 + random(3) }, () => step()).join('\n')}\nEOF`;
const run = (): string => pick([chain, chain, () => list(0), script])();

const functions = 't() { echo "t $*" "$PWD" "$V"; }; f() { echo "f $*"; return 1; }\ni=; V=; cd /\n';
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const scriptOf = ({ heredocs: [heredoc], body }: Instruction): string => heredoc?.text ?? body.text;

/** What the RUNs of a file print, and whether the build comes to its end. */
function built({ instructions }: Dockerfile): string {
  const steps = instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .map((each) => `sh -c ${quoted(functions + scriptOf(each))} 2>/dev/null`);
  const { stdout, status } = spawnSync('sh', ['-c', steps.join(' && ')], { encoding: 'utf8' });
  return `${stdout}${status === 0 ? 'built' : 'failed'}`;
}

test('RUNs that were merged, split, wrapped or written as heredocs do the same', () => {
  const seen = new Set<string>();
  for (let round = 0; round < 60; round++) {
    const text = `FROM a\nRUN ${run()}\n# next\nRUN ${run()}\n`;
    const file = parseDockerfile('Dockerfile', text);
    assert.deepEqual(file.faults, [], text);
    const before = built(file);
    for (const instruction of file.instructions)
      for (const { title, edits } of refactoringsInDockerfile(
        file,
        { start: instruction.span.start, end: instruction.span.start },
        worldOf({}),
      )) {
        // Written as a chain, a script without `set -e` says itself that it changes.
        if (title.includes('JSON') || title.includes('any failure')) continue;
        const after = applyEdits(text, edits);
        seen.add(title);
        assert.equal(built(parseDockerfile('Dockerfile', after)), before, `${title}\n${text}\n${after}`);
      }
  }
  for (const title of [
    'Merge with the RUN below',
    'Split into 2 RUNs',
    'Put each command on its own line',
    'Write it as a heredoc',
    'Write it as a && chain',
  ])
    assert.ok(seen.has(title), title);
});

const bare = (text: string): readonly string[] => text.split(/\r?\n/).flatMap((line) => /^\s*(#.*?)\s*$/.exec(line)?.[1] ?? []);

test('files keep their comments and line ends, and stay what a build accepts', () => {
  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((path) => languageOf(path) === 'dockerfile')
    .map((path) => readFileSync(join('examples', path), 'utf8'));
  assert.ok(files.length > 1);
  let tried = 0;
  for (const text of files.flatMap((each) => [each, each.replaceAll('\n', '\r\n')])) {
    const file = parseDockerfile('Dockerfile', text);
    const offsets = file.instructions.flatMap(({ span, body }) => [span.start, body.span.start + 3, (body.span.start + span.end) >> 1]);
    for (const offset of offsets)
      for (const { title, edits } of refactoringsInDockerfile(file, { start: offset, end: offset }, worldOf({}))) {
        tried++;
        const after = applyEdits(text, edits);
        const about = `${title}\n${after}`;
        assert.deepEqual(bare(after).toSorted(), bare(text).toSorted(), about);
        assert.equal(/[^\r]\n/.test(after), /[^\r]\n/.test(text), about);
        assert.deepEqual(parseDockerfile('Dockerfile', after).faults.length, file.faults.length, about);
      }
  }
  assert.ok(tried > 50, String(tried));
});
