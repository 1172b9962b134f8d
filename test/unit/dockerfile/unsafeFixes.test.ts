import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { open } from '../../../src/core.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { Dockerfile } from '../../../src/dockerfile/model.ts';
import { rules } from '../../../src/rules/index.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

/** The text after the first fix of each finding of one rule. */
function fixed(rule: string, text: string): string {
  const file = open('Dockerfile', text, 'dockerfile') as Dockerfile;
  const asked = rules.filter(({ id, language }) => id === rule && language === 'dockerfile');
  const found = lint(file, asked, worldOf({}), { all: true, severities: {} }, (id, error) => {
    throw new Error(id, { cause: error });
  });
  assert.ok(found.length, `${rule} finds nothing in ${text}`);
  return applyEdits(
    text,
    found.flatMap(({ fixes }) => fixes?.[0]?.edits ?? []),
  );
}

describe('a fix of several lines keeps comments and line ends, or is not offered', () => {
  const cases: readonly (readonly [rule: string, bad: string, good: string])[] = [
    ['merge-runs', 'FROM a:1\nRUN x # why\nRUN y\n', 'FROM a:1\nRUN x # why\nRUN y\n'],
    ['merge-runs', 'FROM a:1\nRUN x\n# why\nRUN y\n', 'FROM a:1\nRUN x\n# why\nRUN y\n'],
    ['merge-runs', 'FROM a:1\nRUN cd /a\nRUN y\n', 'FROM a:1\nRUN cd /a\nRUN y\n'],
    ['merge-runs', 'FROM a:1\r\nRUN x\r\nRUN y\r\nRUN z\r\n', 'FROM a:1\r\nRUN x && y && z\r\n'],
    ['merge-runs', 'FROM a:1\r\nRUN x \\\r\n    --b\r\nRUN y\r\n', 'FROM a:1\r\nRUN x \\\r\n    --b \\\r\n    && y\r\n'],
    ['stage-unused', 'FROM a:1 AS build\n# why\nRUN x\nFROM b:1\n', 'FROM a:1 AS build\n# why\nRUN x\nFROM b:1\n'],
    ['stage-unused', 'FROM a:1 AS build\r\nRUN x\r\n\r\n# b\r\nFROM b:1\r\n', '# b\r\nFROM b:1\r\n'],
    [
      'no-host-command',
      'FROM a:1\nRUN a \\\n    # why\n    && free \\\n    && b\n',
      'FROM a:1\nRUN a \\\n    # why\n    && free \\\n    && b\n',
    ],
    ['no-host-command', 'FROM a:1\nRUN a \\\n    && free -h \\\n    && b\n', 'FROM a:1\nRUN a \\\n    && b\n'],
    ['no-host-command', 'FROM a:1\nRUN free || true\n', 'FROM a:1\nRUN free || true\n'],
    [
      'ort-both',
      'FROM a:1\nRUN pip install \\\n    onnxruntime \\\n    onnxruntime-gpu\n',
      'FROM a:1\nRUN pip install \\\n    onnxruntime-gpu\n',
    ],
    ['use-workdir', 'FROM a:1\n  RUN cd /a && b\n', 'FROM a:1\n  WORKDIR /a\n  RUN b\n'],
    ['use-workdir', 'FROM a:1\nONBUILD RUN cd /a && b\n', 'FROM a:1\nONBUILD RUN cd /a && b\n'],
    [
      'reserved-stage-name',
      'FROM a:1 AS context\nFROM b:1\nCOPY --from=context /a /a\nRUN --mount=type=bind,from=context,target=/c true\n',
      'FROM a:1 AS context-stage\nFROM b:1\nCOPY --from=context-stage /a /a\nRUN --mount=type=bind,from=context-stage,target=/c true\n',
    ],
    ['secret-in-env-arg', 'FROM a:1\nENV A=1 \\\n    DB_PASSWORD=s3cr3t-Pa55 \\\n    B=2\n', 'FROM a:1\nENV A=1 \\\n    B=2\n'],
    [
      'rm-in-later-layer',
      'FROM a:1\nRUN apt-get update\nRUN rm -rf /var/lib/apt/lists/* # why\n',
      'FROM a:1\nRUN apt-get update\nRUN rm -rf /var/lib/apt/lists/* # why\n',
    ],
  ];
  for (const [rule, bad, good] of cases)
    test(`${rule}: ${JSON.stringify(bad)}`, () => {
      assert.equal(fixed(rule, bad), good);
    });
});
