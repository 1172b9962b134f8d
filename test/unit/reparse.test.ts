import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutate, random } from '../../scripts/mutate.ts';
import { open } from '../../src/core.ts';
import type { Body, Instruction } from '../../src/dockerfile/model.ts';
import type { Document } from '../../src/document.ts';
import { rules } from '../../src/rules/index.ts';
import { combined } from './combined.ts';
import { marked } from './examples.ts';

// A file read again after an edit is the file read as a whole: the same parts at the same places.

const pieces = [
  'x',
  ' ',
  '\n',
  '  ',
  ':',
  '"',
  '#',
  '- ',
  '\n    image: b',
  '\n  new:\n    image: c',
  '[',
  '{',
  '<<: *a',
  '&a ',
  '*a',
  '[\n    a\n    ]',
  '"a\n b"\n',
  '\n\t\n',
  '\t',
  '\\\n',
  '\nRUN a',
  '\nFROM a AS b\n',
  '\nCOPY <<E /a\n',
  '\nE\n',
  '\r\n',
  ' \\\n\n# c\n',
];

/** What is typed into values, and some of what ends them. */
const letters = 'ab0_-./:$ "\'#,[]{}&*!|>?~'.split('');

for (const [language, path] of [
  ['compose', 'compose.yaml'],
  ['dockerfile', 'Dockerfile'],
] as const)
  for (const seed of [1, 2, 3, 4])
    test(`${language}: after each of many edits, seed ${seed}`, () => {
      const texts = rules
        .filter((rule) => rule.language === language)
        .flatMap(({ examples }) => examples.flatMap(({ bad, good }) => [bad === undefined ? [] : marked(bad).text, good ?? []].flat()));
      const next = random(seed);
      const below = (limit: number): number => Math.floor(next() * limit);
      const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
      for (let round = 0; round < 60; round++) {
        let text = combined(language, [pick(texts), pick(texts), pick(texts)]);
        let document = open(path, text, language);
        for (let edit = 0; edit < 25; edit++) {
          const at = below(text.length + 1);
          const before = text;
          if (language === 'compose' && next() < 0.4) {
            // Most keys are typed inside of a value, or at its end.
            const ends = [...text.matchAll(/[\w"'\]}]/g)];
            const place = ends.length ? pick(ends).index + 1 : at;
            text = text.slice(0, place) + pick(letters) + text.slice(place + below(2));
          } else if (next() < 0.1) text = mutate(text, pick(texts), next);
          else if (next() < 0.3) text = text.slice(0, at) + text.slice(at + 1 + below(next() < 0.8 ? 2 : 40));
          else text = text.slice(0, at) + (next() < 0.5 ? 'x' : pick(pieces)) + text.slice(at);
          document = open(path, text, language, document);
          assert.deepEqual(plain(document), plain(open(path, text, language)), `${JSON.stringify(before)}\n${JSON.stringify(text)}`);
        }
      }
    });

/** What has moved works out its parts when they are asked for, and JSON does not ask. */
const moved = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && value.kind === 'map' && 'entries' in value) return { ...value, entries: value.entries };
  if ('offsetAt' in value) {
    const { text, span, line } = value as Body;
    return { text, span, line };
  }
  if (!('keyword' in value && 'args' in value)) return value;
  const { keyword, keywordSpan, span, flags, args, json, notStrings, body, blankLines, heredocs, pairs, trigger, stage } =
    value as Instruction;
  return { keyword, keywordSpan, span, flags, args, json, notStrings, body, blankLines, heredocs, pairs, trigger, stage };
};

/** A document as data, functions and the order of faults aside. */
const plain = (document: Document): unknown => {
  const data = JSON.parse(JSON.stringify(document, moved)) as { faults?: { span: { start: number }; message: string }[] };
  data.faults?.sort((a, b) => a.span.start - b.span.start || (a.message < b.message ? -1 : 1));
  return data;
};

test('compose: what an anchor brings follows an edit of it, and what was told of it goes with its cause', () => {
  const anchors = 'x-gpu: &gpu\n  gpus: all\n  hostname: ab\nservices:\n  api:\n    <<: *gpu\n    image: api:1\n';
  const steps = [
    anchors,
    anchors.replace('gpus: all', 'gpus: allx'),
    anchors.replace('gpus: all', 'gpus: allx').replace('ab', 'axb'),
    anchors,
    anchors.replace('*gpu\n', '*gpu'),
    anchors,
  ];
  let document: Document | undefined;
  for (const text of steps) {
    document = open('compose.yaml', text, 'compose', document);
    assert.deepEqual(plain(document), plain(open('compose.yaml', text, 'compose')), text);
  }
});
