import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { open } from '../../src/core.ts';
import { defaultLintConfig, lint } from '../../src/lint/lint.ts';
import { snippets, snippetsAt, type Snippet } from '../../src/plan/snippets.ts';
import { rules } from '../../src/rules/index.ts';
import { tables } from './projects.ts';
import { worldOf } from './world.ts';

// Every snippet, taken as it is, passes our own check with no finding.

/** What an editor inserts when nobody types into the placeholders. */
const inserted = (body: string): string =>
  body
    .replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');

function framed({ language, shape, body }: Snippet): string {
  const text = inserted(body);
  if (shape === 'file') return text;
  if (language === 'dockerfile') return `FROM python:3.12-slim-bookworm\n\n${text}`;
  return `services:\n  app:\n    image: registry.example.org/app:1.0\n${text.replace(/^(?=.)/gm, '    ')}`;
}

const all = snippets(tables);

describe('snippets', () => {
  test('are offered at the beginning of a line, where they can stand', () => {
    const at = (language: Snippet['language'], text: string, before: string): readonly string[] =>
      snippetsAt(all, language, text, before).map(({ prefix }) => prefix);
    assert.deepEqual(at('dockerfile', '', 'mltraing'), ['mltraingpu']);
    assert.deepEqual(at('dockerfile', 'FROM a\n', 'mluv'), ['mluvsync']);
    assert.ok(!at('dockerfile', 'FROM a\n', '').includes('mltrain'));
    assert.ok(at('dockerfile', '', '').includes('mltrain'));
    assert.deepEqual(at('compose', '', 'stackqd'), ['stackqdrant']);
    assert.deepEqual(at('compose', 'services:\n  a:\n', '    mlsh'), ['mlshm']);
    assert.deepEqual(at('compose', 'services:\n  a:\n', 'stack'), []);
    assert.deepEqual(at('compose', '', '    ml'), []);
    // Words that have the letters of a prefix in their order.
    for (const before of ['main', 'string', 'sh', 'RUN git checkout ml', 'RUN ml', '  ml', 'make', 'MLT'])
      assert.deepEqual([...at('dockerfile', '', before), ...at('dockerfile', 'FROM a\n', before)], [], before);
    for (const before of ['    command: ml', '    - stack', 'serving', '      string'])
      assert.deepEqual([...at('compose', '', before), ...at('compose', 'services:\n', before)], [], before);
  });

  for (const snippet of all)
    test(`${snippet.language}: ${snippet.prefix}`, () => {
      const path = snippet.language === 'compose' ? 'compose.yaml' : 'Dockerfile';
      const text = framed(snippet);
      const variables = [...text.matchAll(/(?<!\$)\$\{(\w+):\?/g)].map(([, name = '']) => `${name}=0123456789abcdef\n`).join('');
      // What a snippet mounts is there in the project that it is written for.
      const mounted = [...text.matchAll(/- \.\/([\w/-]+):/g)].map(([, folder = '']) => [`${folder}/one`, '']);
      const files = {
        ...(Object.fromEntries(mounted) as Readonly<Record<string, string>>),
        Dockerfile: 'FROM scratch\n',
        [path]: text,
        '.env': variables,
        '.dockerignore': '.git\n.env\n',
        ...(snippet.prefix === 'mltraingpu' || snippet.prefix.startsWith('mltorchcu')
          ? {
              'compose.yaml':
                'services:\n  train:\n    build: .\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - capabilities: [gpu]\n              count: 1\n',
            }
          : {}),
      };
      const failed = (rule: string, error: unknown): never => {
        throw new Error(rule, { cause: error });
      };
      const found = lint(open(path, text, snippet.language), rules, worldOf({ files }), defaultLintConfig, failed);
      assert.deepEqual(
        found.map(({ rule, message }) => `${rule}: ${message}`),
        [],
        text,
      );
      assert.doesNotMatch(text, /\$0|\$\{\d/);
    });
});

test('names and prefixes are said once a language; VS Code has the bodies for Insert Snippet, and no prefix to offer anywhere', () => {
  for (const language of ['dockerfile', 'compose'] as const) {
    const own = all.filter((snippet) => snippet.language === language);
    assert.equal(new Set(own.map(({ name }) => name)).size, own.length);
    assert.equal(new Set(own.map(({ prefix }) => prefix)).size, own.length);
    const written = JSON.parse(readFileSync(`snippets/${language}.json`, 'utf8')) as Readonly<
      Record<string, { readonly body: readonly string[]; readonly prefix?: string }>
    >;
    for (const { prefix } of Object.values(written)) assert.equal(prefix, undefined);
    assert.deepEqual(
      Object.entries(written).map(([name, { body }]) => [name, body.join('\n')]),
      own.map(({ name, body }) => [name, body]),
    );
  }
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { snippets: readonly { path: string }[] } };
  assert.deepEqual(
    contributes.snippets.map(({ path }) => path),
    ['./snippets/dockerfile.json', './snippets/compose.json'],
  );
});
