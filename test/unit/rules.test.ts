import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ComposeFile, MapNode } from '../../src/compose/model.ts';
import { open } from '../../src/core.ts';
import { usualNames } from '../../src/document.ts';
import { Kept } from '../../src/lint/kept.ts';
import { defaultLintConfig, lint } from '../../src/lint/lint.ts';

import type { Finding, Rule } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/text.ts';
import { combined, differing } from './combined.ts';
import { marked } from './examples.ts';
import { worldOf } from './world.ts';

// A rule's examples are its tests: `bad` reports exactly the marked spans, its first fixes make `good`, and `good` is quiet.

/** The file as if its services had these keys alone, and what they extend. */
function withKeys(file: ComposeFile, keys: readonly string[]): ComposeFile {
  const narrow = (node: MapNode): MapNode => ({
    ...node,
    entries: node.entries.filter(({ key }) => key === 'extends' || keys.includes(key)),
  });
  const within = (root: MapNode): MapNode => ({
    ...root,
    entries: root.entries.map((section) =>
      section.key === 'services' && section.value.kind === 'map'
        ? {
            ...section,
            value: {
              ...section.value,
              entries: section.value.entries.map((each) => (each.value.kind === 'map' ? { ...each, value: narrow(each.value) } : each)),
            },
          }
        : section,
    ),
  });
  return {
    ...file,
    ...(file.root ? { root: within(file.root) } : {}),
    documents: file.documents.map(within),
    services: file.services.map((service) => ({ ...service, node: narrow(service.node) })),
  };
}

const fail = (rule: string, error: unknown): void => {
  throw new Error(`rule ${rule} failed`, { cause: error });
};

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
          lint(
            open(example.path ?? usualNames[rule.language], text, rule.language),
            [rule],
            worldOf(example),
            { ...defaultLintConfig, all: true },
            fail,
          );
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
    const { language } = rule;
    if (language !== 'dockerfile' && language !== 'compose') return;
    test('looks at one stage or service at a time and at the keys it states, or states that it looks at the whole file', () => {
      const texts = rule.examples.flatMap(({ bad, good }) => [bad === undefined ? [] : marked(bad).text, good ?? []].flat());
      const files = Object.fromEntries(rule.examples.flatMap((example) => Object.entries(example.files ?? {})));
      const world = worldOf({ ...rule.examples[0], files });
      const config = { ...defaultLintConfig, all: true };
      for (const first of texts) {
        const text = combined(language, [first, ...texts.slice(0, 3), first]);
        const document = open(usualNames[language], text, language);
        const whole = lint(document, [rule], world, config, fail);
        const parts = lint(document, [rule], world, config, fail, new Kept());
        assert.deepEqual(differing(parts, whole), [], text);
        const stated: Rule['reach'] = rule.reach ?? rule.looksAt;
        if (typeof stated !== 'object' || document.language !== 'compose') continue;
        const said = (findings: readonly Finding[]) => findings.map(({ span, message }) => ({ span, message }));
        assert.deepEqual(said(lint(withKeys(document, stated), [rule], world, config, fail)), said(whole), text);
      }
    });
    if (!rule.looksAt) return;
    test('looks at no more than it states', () => {
      const config = { ...defaultLintConfig, all: true };
      for (const example of rule.examples)
        for (const written of [example.bad, example.good]) {
          const { text } = marked(written ?? '');
          for (const edited of edits(text)) {
            const world = worldOf(example);
            const kept = new Kept();
            lint(open(usualNames[language], text, language), [rule], world, config, fail, kept);
            const document = open(usualNames[language], edited, language);
            const again = lint(document, [rule], world, config, fail, kept);
            assert.deepEqual(differing(again, lint(document, [rule], world, config, fail)), [], edited);
          }
        }
    });
  });
}

/** A text with one line left out, with one that goes on, and with one more. */
function edits(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) =>
    [[], [`${line}x`], [line, 'ENV PATH=/opt/bin:$PATH'], [line, 'USER app'], [line, 'COPY --from=build /a /a'], [line, 'EXPOSE 80']].map(
      (instead) => lines.toSpliced(at, 1, ...instead).join('\n'),
    ),
  );
}
