import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mutate, random } from '../../../scripts/mutate.ts';
import { oracleFolder, rowsOf } from '../../../scripts/oracle.ts';
import { formatAfterContinuation, formatDockerfile, type FormatOptions } from '../../../src/assist/dockerfile/format.ts';
import { languageOf } from '../../../src/core.ts';
import type { Dockerfile, Instruction } from '../../../src/dockerfile/model.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { applyEdits } from '../../../src/text/text.ts';

// Formatting is seen by nobody but people: whatever the file, a build gets the same, and a second time nothing changes.

const layouts: readonly FormatOptions[] = [
  { insertSpaces: true, tabSize: 4 },
  { insertSpaces: true, tabSize: 2 },
  { insertSpaces: false, tabSize: 4 },
  { insertSpaces: true, tabSize: 4, ignoreMultiline: true },
];

/** The words of a text: blanks between them become one, those inside quotes stay. */
function words(text: string, escape: string): string {
  let out = '';
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const ch = text[at] ?? '';
    if (!quote && /\s/.test(ch)) {
      if (!out.endsWith(' ')) out += ' ';
      continue;
    }
    out += ch;
    if (ch === escape && quote !== "'") out += text[++at] ?? '';
    else if (quote ? ch === quote : ch === '"' || ch === "'") quote = quote ? '' : ch;
  }
  return quote ? text.replace(/\s+/g, ' ').trim() : out.trim();
}

/** Everything of a file that a build goes by. */
function seen({ directives, instructions, stages, escape }: Dockerfile): unknown {
  const one = ({ keyword, flags, json, pairs, heredocs, body, trigger }: Instruction): unknown => ({
    keyword,
    flags: flags.map(({ name, value }) => [name, value?.text]),
    ...(json ? { json: json.map(({ value }) => value) } : { body: words(body.text, escape) }),
    pairs: pairs?.map(({ name, value }) => [name.text, value && words(value.text, escape)]),
    heredocs: heredocs.map(({ name, text, expand }) => [name, text, expand]),
    ...(trigger && { trigger: one(trigger) }),
  });
  return {
    directives: directives.map(({ name, value }) => [name, value]),
    instructions: instructions.map(one),
    stages: stages.map(({ name, image }) => [name?.value, image?.text]),
  };
}

function check(text: string, options: FormatOptions): void {
  const before = parseDockerfile('Dockerfile', text);
  const formatted = applyEdits(text, formatDockerfile(before, options));
  const after = parseDockerfile('Dockerfile', formatted);
  assert.deepEqual(seen(after), seen(before), JSON.stringify([text, formatted]));
  assert.equal(after.faults.length, before.faults.length, JSON.stringify([text, formatted]));
  assert.deepEqual(formatDockerfile(after, options), [], JSON.stringify([text, formatted]));
}

function texts(): readonly string[] {
  const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((path) => languageOf(path) === 'dockerfile')
    .map((path) => readFileSync(join('examples', path), 'utf8'));
  const folder = oracleFolder();
  const cases = ['buildkit-parse', 'buildkit-corpus', 'hadolint', 'dockerfile-format'].flatMap((name) => {
    const path = join(folder ?? '', `${name}.jsonl`);
    return folder !== undefined && existsSync(path) ? (rowsOf(path) as readonly { readonly dockerfile?: string }[]) : [];
  });
  return [...examples, ...cases.flatMap(({ dockerfile }) => dockerfile ?? [])];
}

test('a build sees nothing of formatting, and neither does a second formatting', () => {
  const all = texts();
  for (const text of all) for (const options of layouts) check(text, options);
  const next = random(5);
  const pick = (): string => all[Math.floor(next() * all.length)] ?? '';
  for (let round = 0; round < 1500; round++)
    check(mutate(pick(), pick(), next), layouts[round % layouts.length] ?? { insertSpaces: true, tabSize: 4 });
});

test('a continuation that is typed indents the next line, but not what is in a heredoc', () => {
  const typed = (marked: string): string => {
    const offset = marked.indexOf('¦');
    const text = marked.replace('¦', '');
    const file = parseDockerfile('Dockerfile', text);
    return applyEdits(text, formatAfterContinuation(file, offset, '\\', { insertSpaces: true, tabSize: 2 }));
  };
  assert.equal(typed('FROM a\nRUN b \\¦\n&& c\n'), 'FROM a\nRUN b \\\n  && c\n');
  assert.equal(typed('FROM a\nRUN <<EOF\nb \\¦\nEOF\n'), 'FROM a\nRUN <<EOF\nb \\\nEOF\n');
  assert.equal(typed('FROM a\nRUN <<EOF \\¦\n  b\nEOF\n'), 'FROM a\nRUN <<EOF \\\n  b\nEOF\n');
});
