import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { languageOf, open } from '../../src/core.ts';
import type { Documents, Language } from '../../src/document.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import { defaultLintConfig, lint } from '../../src/lint/lint.ts';
import type { Example, Files, World } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/text.ts';
import { marked } from './examples.ts';

// A rule's examples are its tests: `bad` reports exactly the marked spans, its first fixes make `good`, and `good` is quiet.

const names: Readonly<Record<Language, string>> = { dockerfile: 'Dockerfile', compose: 'compose.yaml', requirements: 'requirements.txt' };

const fail = (rule: string, error: unknown): void => {
  throw new Error(`rule ${rule} failed`, { cause: error });
};

/** The files of an example as the rules see them; sizes are the text's, unless it says `[N bytes]`. */
function filesOf(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  return {
    read: (path) => texts[path],
    exists: (path) => path === '' || paths.some((p) => p === path || p.startsWith(`${path.replace(/\/$/, '')}/`)),
    list: (folder) => {
      const prefix = folder === '' || folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
      const inside = paths.filter((p) => p.startsWith(prefix)).map((p) => p.slice(prefix.length).replace(/\/.*/, '/'));
      return inside.length || prefix === '' ? [...new Set(inside)] : undefined;
    },
    size: (path) => {
      const text = texts[path];
      const stated = /^\[(\d+) bytes\]$/.exec(text ?? '')?.[1];
      return stated ? Number(stated) : text?.length;
    },
  };
}

export function worldOf({ files = {}, live, options, environment, today = '2026-11-21' }: Example): World {
  const documents = <L extends Language>(language: L): Documents[L][] =>
    Object.entries(files)
      .filter(([path]) => languageOf(path) === language)
      .map(([path, text]) => open(path, text, language) as Documents[L]);
  return {
    knowledge,
    files: filesOf(files),
    workspace: { dockerfiles: () => documents('dockerfile'), composeFiles: () => documents('compose') },
    live: { images: [], gpus: [], ...live },
    options: { buildArgs: {}, trustedRegistries: [], labelSchema: {}, strictLabels: false, ...options },
    ...(environment ? { environment } : {}),
    today,
  };
}

for (const rule of rules) {
  describe(`${rule.language}/${rule.id}`, () => {
    test('has examples of what it reports and of what it leaves alone', () => {
      assert.ok(
        rule.examples.some((e) => e.bad !== undefined),
        'no bad example',
      );
      assert.ok(
        rule.examples.some((e) => e.good !== undefined),
        'no good example',
      );
    });
    for (const [i, example] of rule.examples.entries()) {
      test(example.title ?? `example ${i + 1}`, () => {
        const { bad, good } = example;
        const findings = (text: string) =>
          lint(open(names[rule.language], text, rule.language), [rule], worldOf(example), { ...defaultLintConfig, all: true }, fail);
        if (bad !== undefined) {
          const { text, spans } = marked(bad);
          const found = findings(text);
          assert.deepEqual(
            found.map((f) => text.slice(f.span.start, f.span.end)),
            spans.map((s) => text.slice(s.start, s.end)),
          );
          assert.deepEqual(
            found.map((f) => f.span),
            spans,
          );
          const edits = found.flatMap((f) => f.fixes?.[0]?.edits ?? []);
          if (edits.length && good !== undefined) assert.equal(applyEdits(text, edits), good);
        }
        if (good !== undefined) assert.deepEqual(findings(good), []);
      });
    }
  });
}
