import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { complete } from '../../src/assist/complete.ts';
import { formatCompose } from '../../src/assist/compose/format.ts';
import { formatDockerfile } from '../../src/assist/dockerfile/format.ts';
import { refactoringsInDockerfile } from '../../src/assist/dockerfile/refactorings.ts';
import { signaturesInDockerfile } from '../../src/assist/dockerfile/signature.ts';
import { tokensInDockerfile } from '../../src/assist/dockerfile/tokens.ts';
import { hover } from '../../src/assist/hover.ts';
import { named } from '../../src/assist/named.ts';
import { folds, links, outline } from '../../src/assist/outline.ts';
import { enclosing } from '../../src/assist/selection.ts';
import { languageOf, open } from '../../src/core.ts';
import { worldOf } from './world.ts';

// Broken as files are while they are typed: every assist answers, in the text's bounds, wherever the cursor is.

const world = worldOf({});

let seed = 20261121;
const random = (below: number): number => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed % below;
};
const pieces = '\\\n|"|\'|$|${|<<EOF\n|\n|  |- |[|]|{|}|:|#|\r\n|\t|&a |*a|=|--from=|ONBUILD |\0|🐳|<<: *x\n|`'.split('|');

function broken(text: string): string {
  let out = text;
  for (let cuts = 1 + random(3); cuts > 0; cuts--) {
    const at = random(out.length + 1);
    const kind = random(3);
    if (kind === 0) out = out.slice(0, at) + (pieces[random(pieces.length)] ?? '') + out.slice(at);
    else if (kind === 1) out = out.slice(0, at) + out.slice(at + random(30));
    else out = out.slice(0, at) + out.slice(random(out.length + 1)).slice(0, 40) + out.slice(at);
  }
  return out;
}

test('every assist answers at any place of any text', () => {
  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const language = languageOf(path);
    return language ? [{ path, language, text: readFileSync(join('examples', path), 'utf8').slice(0, 3000) }] : [];
  });
  for (let round = 0; round < 40; round++)
    for (const { path, language, text: original } of files) {
      const text = broken(original);
      const document = open(path, text, language);
      const about = (): string => JSON.stringify(text);
      const inside = ({ start, end }: { readonly start: number; readonly end: number }): void => {
        assert.ok(start >= 0 && start <= end && end <= text.length, about());
      };
      outline(document).forEach(({ span }) => {
        inside(span);
      });
      folds(document).forEach(inside);
      links(document).forEach(({ span }) => {
        inside(span);
      });
      if (document.language === 'dockerfile') {
        formatDockerfile(document, { insertSpaces: true, tabSize: 4 });
        let last = 0;
        for (const token of tokensInDockerfile(document)) {
          assert.ok(token.start >= last && token.end > token.start && !/[\r\n]/.test(text.slice(token.start, token.end)), about());
          last = token.end;
        }
      } else if (document.language === 'compose') formatCompose(document, 2);
      for (let cursor = 0; cursor < 8; cursor++) {
        const offset = random(text.length + 1);
        for (const { span } of complete(document, offset, world)) assert.ok(span.start <= offset && offset <= span.end, about());
        hover(document, offset, world);
        named(document, offset)?.places.forEach(({ span }) => {
          inside(span);
        });
        enclosing(document, offset).forEach(inside);
        if (document.language === 'dockerfile') {
          signaturesInDockerfile(document, offset);
          for (const { edits } of refactoringsInDockerfile(document, { start: offset, end: offset }, world))
            for (const { span } of edits) inside(span);
        }
      }
    }
});
