import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { random } from '../../../scripts/mutate.ts';
import { oracleFolder, rowsOf } from '../../../scripts/oracle.ts';
import { formatCompose } from '../../../src/assist/compose/format.ts';
import { parseCompose } from '../../../src/compose/parse.ts';
import { languageOf } from '../../../src/core.ts';
import { applyEdits } from '../../../src/text/text.ts';

const format = (text: string, tabSize = 2, first?: number, last?: number): string =>
  applyEdits(text, formatCompose(parseCompose('compose.yaml', text), tabSize, first, last));

describe('formatting of a Compose file', () => {
  test('brings keys and items to their levels, with the texts below them', () => {
    assert.equal(
      format(
        'services:\n    # the api\n    api:\n          image: a # tag\n          command: |\n            one\n              two\n            # three\n          ports:\n          - "80:80"\n          - target: 81\n            published: "81"\n          -\n              target: 82\n',
      ),
      'services:\n  # the api\n  api:\n    image: a # tag\n    command: |\n      one\n        two\n      # three\n    ports:\n      - "80:80"\n      - target: 81\n        published: "81"\n      -\n        target: 82\n',
    );
    assert.equal(format('services:\n  a:\n    image: b\n', 4), 'services:\n    a:\n        image: b\n');
  });

  test('a comment that comes to stand one column off something stands with it at once', () => {
    const formatted = format('services:\n  a:\n       image: x\n     # note\n  b:\n       image: y\n', 4);
    assert.equal(formatted, 'services:\n    a:\n        image: x\n        # note\n    b:\n        image: y\n');
    assert.equal(format(formatted, 4), formatted);
  });

  test('knows what «<<» brings, anchors in lines of their own, and values that go on', () => {
    const written = `x-all: &all
    restart: always
services:
    a:
        <<: *all
        image: a
        volumes:
            &paths # shared
            - one:/one
        command: ["run",
            "it",
        ]
        entrypoint:
            - "sh
               -c"
    b: {
        image: b }
`;
    const formatted = `x-all: &all
  restart: always
services:
  a:
    <<: *all
    image: a
    volumes:
      &paths # shared
      - one:/one
    command: ["run",
        "it",
    ]
    entrypoint:
      - "sh
         -c"
  b: {
      image: b }
`;
    assert.equal(format(written), formatted);
    assert.equal(format(formatted), formatted);
  });

  test('leaves what is commented out at its level, and takes a comment along with what it stands above', () => {
    const kept = `services:
  a:
    image: a
    ports:
      - "80:80"
      # - "81:81"
    # deploy:
    #   replicas: 2
  # b:
  #   image: b
volumes:
  data:
    # driver: local
`;
    assert.equal(format(kept), kept);
    assert.equal(format(kept.replaceAll(/^ +/gm, (lead) => lead + lead)), kept);
    assert.equal(format('services:\n    a:\n# about\n        image: a\n'), 'services:\n  a:\n    # about\n    image: a\n');
  });

  test('brings a comment that is a column off to what it stands beside', () => {
    const wanted = 'services:\n  a:\n    image: a\n    ports:\n      - "80:80"\n      # - "81:81"\n  # the other\n  b:\n    image: b\n';
    assert.equal(format(wanted.replace('      # -', '     # -').replace('  # the', '   # the')), wanted);
  });

  test('of some lines moves what lies between them as a whole, and nothing else', () => {
    const text = 'services:\n    a:\n        image: a\n        command: b\n    c:\n        image: c\n';
    assert.equal(format(text, 2, 3, 3), text);
    assert.equal(format(text, 2, 2, 3), text.replace('        image: a\n        command', '      image: a\n      command'));
  });

  test('leaves a file with mistakes alone, and what it does not know the levels of', () => {
    for (const text of [
      'services:\n  a: [\n',
      'services:\n    ? a\n    : image: b\n',
      'services:\n    a:\n        ports:\n            -\t80\n',
    ])
      assert.equal(format(text), text);
  });
});

/** What YAML reads; undefined for what it cannot read. */
function read(text: string): string | undefined {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    return documents.some(({ errors }) => errors.length) ? undefined : JSON.stringify(documents.map((each) => each.toJS() as unknown));
  } catch {
    return undefined;
  }
}

function texts(): readonly string[] {
  const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((path) => languageOf(path) === 'compose')
    .map((path) => readFileSync(join('examples', path), 'utf8'));
  const path = join(oracleFolder() ?? '', 'compose-valid.jsonl');
  const rows = existsSync(path) ? (rowsOf(path) as readonly { readonly yaml?: string }[]) : [];
  return [...examples, ...rows.flatMap(({ yaml }) => yaml ?? [])];
}

test('YAML reads the same after formatting, of a whole file and of any lines, and a second formatting changes nothing', () => {
  const next = random(11);
  const below = (count: number): number => Math.floor(next() * count);
  const all = texts();
  let moved = 0;
  for (let round = 0; round < 4000; round++) {
    // Some lines further in or out: what YAML still reads is a layout like any other.
    const lines = (all[below(all.length)] ?? '').split('\n');
    for (let runs = below(3); runs > 0; runs--) {
      const from = below(lines.length);
      const by = below(7) - 2;
      for (let line = from; line < from + 1 + below(20) && line < lines.length; line++)
        lines[line] = by > 0 ? ' '.repeat(by) + (lines[line] ?? '') : (lines[line] ?? '').replace(new RegExp(`^ {0,${-by}}`), '');
    }
    for (let comments = below(4); comments > 0; comments--)
      lines.splice(below(lines.length), 0, ' '.repeat(below(12)) + (below(2) ? '# - x' : '# note'));
    const text = lines.join(below(8) ? '\n' : '\r\n');
    const said = read(text);
    if (said === undefined) continue;
    const tabSize = 2 + 2 * below(2);
    const formatted = format(text, tabSize);
    if (formatted !== text) moved++;
    assert.equal(read(formatted), said, JSON.stringify([text, formatted]));
    assert.equal(format(formatted, tabSize), formatted, JSON.stringify([text, formatted]));
    const first = below(lines.length);
    const part = format(text, tabSize, first, first + below(12));
    assert.equal(read(part), said, JSON.stringify([text, part]));
  }
  assert.ok(moved > 100, String(moved));
});
