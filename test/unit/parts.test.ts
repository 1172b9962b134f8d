import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mutate, random } from '../../scripts/mutate.ts';
import { open } from '../../src/core.ts';
import type { Document } from '../../src/document.ts';
import { Kept } from '../../src/lint/kept.ts';
import { lint } from '../../src/lint/lint.ts';
import type { Example, World } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { combined, differing } from './combined.ts';
import { marked } from './examples.ts';
import { worldOf } from './world.ts';

// Part by part, and after edits with what is kept from before, the rules say what they say of the whole file.
// A rule that fails here looks at more than one stage or service (it states `reach: 'file'`), or at more than its `looksAt` says.

const config = { all: true, severities: {} };
const path = { dockerfile: 'Dockerfile', compose: 'compose.yaml' } as const;
const fail = (rule: string, error: unknown): void => {
  throw new Error(`rule ${rule} failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
};

interface Snippet {
  readonly text: string;
  readonly example: Example;
}

for (const language of ['dockerfile', 'compose'] as const) {
  const byRule = rules.flatMap((rule) => {
    const snippets = rule.examples.flatMap((example): Snippet[] =>
      [example.bad === undefined ? undefined : marked(example.bad).text, example.good].flatMap((text) =>
        text === undefined ? [] : [{ text, example }],
      ),
    );
    return rule.language === language ? [snippets] : [];
  });
  const all = byRule.flat();
  // A line of YAML means nothing at another depth.
  const lines = language === 'compose' ? [] : all.flatMap(({ text }) => text.split('\n')).filter(Boolean);

  describe(`${language}: part by part`, () => {
    for (const seed of [1, 2, 3])
      test(`as the whole file, seed ${seed}`, () => {
        const next = random(seed);
        const there = random(seed + 10);
        const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
        for (let round = 0; round < 40; round++) {
          // Mostly one rule's own examples: what it says once a file, or of two stages together, shows there.
          const own = pick(byRule);
          const chosen = Array.from({ length: 4 }, () => pick(next() < 0.6 ? own : all));
          const files = Object.fromEntries(chosen.flatMap(({ example }) => Object.entries(example.files ?? {})));
          // Files come and go while someone types.
          const worlds = [worldOf({ ...chosen[0]?.example, files }), worldOf({ ...chosen[0]?.example, files: {} })];
          let text = combined(
            language,
            chosen.map(({ text }) => text),
          );
          const kept = new Kept();
          let document: Document | undefined;
          let last: Document | undefined;
          for (let edit = 0; edit < 8; edit++) {
            const world = worlds[there() < 0.8 ? 0 : 1] as World;
            // Now and then what was typed is taken back.
            const back = there() < 0.2 ? last : undefined;
            last = document;
            document = back ?? open(path[language], text, language, document);
            ({ text } = document.source);
            const whole = lint(open(path[language], text, language), rules, world, config, fail);
            const parts = lint(document, rules, world, config, fail, kept);
            assert.deepEqual(differing(parts, whole), [], text);
            text = next() < 0.3 ? mutate(text, pick(all).text, next) : typed(text, next, lines);
          }
        }
      });
  });
}

test('a quote within a name, and a variable in a keyword that is none, are seen', () => {
  const steps = [
    ['FROM python:3.11-slim\nRUN pip install psycopg2==2.9.10\n', 'FROM python:3.11-slim\nRUN pip install psy"copg2==2.9.10"\n'],
    ['FROM debian:12\nARG TAG=1\n$TAG x\n', 'FROM debian:12\nARG TAG=1\nRUN x\n'],
  ];
  for (const texts of steps) {
    const kept = new Kept();
    let document: Document | undefined;
    for (const text of texts) {
      document = open(path.dockerfile, text, 'dockerfile', document);
      const whole = lint(open(path.dockerfile, text, 'dockerfile'), rules, worldOf({}), config, fail);
      assert.deepEqual(differing(lint(document, rules, worldOf({}), config, fail, kept), whole), [], text);
    }
  }
});

/** A letter typed somewhere, a line taken out, or another one put in. */
function typed(text: string, next: () => number, lines: readonly string[]): string {
  const at = Math.floor(next() * text.length);
  if (next() < 0.5) return `${text.slice(0, at)}x${text.slice(at)}`;
  const line = text.lastIndexOf('\n', at) + 1;
  if (lines.length && next() < 0.5) return `${text.slice(0, line)}${lines[Math.floor(next() * lines.length)] ?? ''}\n${text.slice(line)}`;
  return text.slice(0, line) + text.slice(text.indexOf('\n', line) + 1 || text.length);
}
