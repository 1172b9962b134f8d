import assert from 'node:assert/strict';
import { test } from 'node:test';
import { broken } from '../../../scripts/broken.ts';
import { mutate, random } from '../../../scripts/mutate.ts';
import { languageOf } from '../../../src/core.ts';
import { usualNames } from '../../../src/document.ts';
import { rules } from '../../../src/rules/index.ts';

// A taste of `npm run fuzz`, on the rules' own examples: whatever is typed, nothing throws, hangs or points outside the text.

const texts = rules.flatMap(({ language, examples }) =>
  examples.flatMap(({ path = '', bad, good }) =>
    // A file that only others make one of ours, `base.yaml`, is called as usual here.
    [bad, good].flatMap((text) =>
      text === undefined ? [] : [{ path: languageOf(path) === language ? path : usualNames[language], text }],
    ),
  ),
);

test('mutated files never throw, hang or point outside the text', () => {
  const next = random(20261121);
  const pick = () => texts[Math.floor(next() * texts.length)] ?? { path: 'Dockerfile', text: '' };
  for (let at = 0; at < 3000; at++) {
    const { path, text } = pick();
    const changed = mutate(text, pick().text, next, path.endsWith('.yaml'));
    const result = broken(path, changed, at % 4 === 0);
    assert.equal(typeof result, 'number', `${result}\n${JSON.stringify(changed)}`);
  }
});

const hostile: Readonly<Record<string, string>> = {
  'ONBUILD behind ONBUILD': `FROM a\n${'ONBUILD '.repeat(20_000)}RUN x\n`,
  'nested substitutions': `FROM a\nENV A=${'${a:-'.repeat(20_000)}${'}'.repeat(20_000)}\n`,
  'variables that double': 'ARG A=$A$A\n'.repeat(80).replace('$A$A', 'x'.repeat(50)) + 'FROM a:$A\n',
  'many continuations': `FROM a\nENV ${Array.from({ length: 5000 }, (_, at) => `A${at}=1 \\\n`).join('')}\n`,
  'many stages that need each other': Array.from(
    { length: 300 },
    (_, at) => `FROM a AS s${at}\nCOPY --from=s${(at + 1) % 300} /a /b\n`,
  ).join(''),
  'a pattern that backtracks': `ARG A=${'a'.repeat(500)}\nFROM \${A#${'*a'.repeat(30)}b}\n`,
  'open brackets': `FROM a\nRUN ${'['.repeat(50_000)}\n`,
  'open shell brackets': `FROM a\nRUN ${'$('.repeat(20_000)}\n`,
  'digits without a unit': `FROM a\nHEALTHCHECK --interval=${'1'.repeat(50_000)} CMD x\n`,
  backslashes: `FROM a\nRUN ${'\\'.repeat(50_000)}\n`,
  quotes: `FROM a\nENV A=${'"'.repeat(50_001)}\n`,
  'several escapes at the end': 'FROM a\n\\\n\\\n\\\n',
  'a heredoc of many variables': `FROM debian\nCOPY <<EOF /x\n${Array.from({ length: 7000 }, (_, at) => `$A${at}`).join('')}\nEOF\n`,
  'a long image name': `FROM ${'a-'.repeat(30_000)}!\n`,
  'spaces before a template': `${' '.repeat(50_000)}{{x`,
};
const hostileCompose: Readonly<Record<string, string>> = {
  'aliases that double': `${Array.from({ length: 40 }, (_, at) => `x-a${at}: &a${at} [${at ? `*a${at - 1}, *a${at - 1}` : '1'}]`).join('\n')}\nservices: {}\n`,
  'an alias in itself': 'services: &a\n  a: *a\n',
  'merge keys in a chain': `${Array.from({ length: 200 }, (_, at) => `x-a${at}: &a${at}\n  ${at ? `<<: *a${at - 1}\n  ` : ''}k${at}: 1`).join('\n')}\n`,
  'deep flow': `services: ${'['.repeat(1500)}`,
  'deep maps': `a:\n${Array.from({ length: 500 }, (_, at) => `${' '.repeat(at + 1)}a:\n`).join('')}`,
  'many services that wait in a chain': `services:\n${Array.from({ length: 400 }, (_, at) => `  s${at}: {image: a, depends_on: [s${at + 1}]}\n`).join('')}`,
  'services that extend in a circle': `services:\n${Array.from({ length: 200 }, (_, at) => `  s${at}: {extends: s${(at + 1) % 200}}\n`).join('')}`,
  'a range of all ports': 'services:\n  a:\n    image: a\n    ports: ["1-65535:1-65535", "1-65535:1-65535"]\n',
  'nested variables': `services:\n  a:\n    image: ${'${A:-'.repeat(5000)}${'}'.repeat(5000)}\n`,
  'open quotes': `services:\n  a:\n    image: ${'"'.repeat(4001)}\n`,
  'many colons': `services:\n  a: {image: a, volumes: ["${':a'.repeat(20_000)}"], ports: ["${'1:'.repeat(20_000)}"]}\n`,
};
for (const [title, text] of Object.entries(hostileCompose))
  test(`hostile Compose: ${title}`, () => {
    assert.equal(typeof broken('compose.yaml', text, true), 'number', String(broken('compose.yaml', text, true)));
  });

for (const [title, text] of Object.entries(hostile))
  test(`hostile: ${title}`, () => {
    assert.equal(typeof broken('Dockerfile', text, true), 'number', String(broken('Dockerfile', text, true)));
  });
