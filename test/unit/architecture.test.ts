import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { test } from 'node:test';
import { languages } from '../../src/document.ts';

const typescript = (part: string): string[] =>
  readdirSync(part, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(part, file));
const files = ['src', 'machine', 'server', 'cli', 'client'].flatMap(typescript);
const statements = /^(?:import|export)\s[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gm;
const importsOf = (file: string): { type: boolean; target: string }[] =>
  [...readFileSync(file, 'utf8').matchAll(statements)].map((m) => ({
    type: /^(?:import|export)\s+type\b/.test(m[0]),
    target: m[1] ?? m[2] ?? '',
  }));

test('no file imports itself by a roundabout way', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ type, target }) => !type && target.startsWith('.'))
        .map(({ target }) => join(dirname(file), target)),
    ]),
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    assert.ok(!path.includes(file), `cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test('every import is one the law grants', async () => {
  const { breach } = (await import(new URL('../../../import-law.js', import.meta.url).href)) as {
    breach: (file: string, target: string) => string | undefined;
  };
  const broken = files.flatMap((file) => importsOf(file).flatMap(({ target }) => breach(file, target) ?? []));
  assert.deepEqual(broken, []);
});

test('the law forbids what it should', async () => {
  const { breach } = (await import(new URL('../../../import-law.js', import.meta.url).href)) as {
    breach: (file: string, target: string) => string | undefined;
  };
  assert.match(breach('src/text/text.ts', 'node:fs') ?? '', /pure/);
  assert.match(breach('server/session.ts', '../client/ui.ts') ?? '', /may not import client/);
  assert.match(breach('src/rules/dockerfile/a.ts', './b.ts') ?? '', /do not import each other/);
  assert.match(breach('client/views/containers.ts', 'vscode') ?? '', /may not use the package vscode/);
  assert.equal(breach('src/rules/dockerfile/a.ts', '../../lint/rule.ts'), undefined);
});

test('every rule file is named after its rule', async () => {
  const { rules } = await import('../../src/rules/index.ts');
  const expected = languages.flatMap((language) => typescript(`src/rules/${language}`)).sort();
  assert.deepEqual(rules.map((rule) => `src/rules/${rule.language}/${rule.id}.ts`).sort(), expected);
});
