import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf, stepSpan } from '../../../client/build/failure.ts';
import { noProgress, progressed, share, type BuildProgress } from '../../../client/build/progress.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { knowledge } from '../../../src/knowledge/index.ts';
import { slice } from '../../../src/text/text.ts';

const build = (...lines: (object | string)[]): BuildProgress =>
  lines.reduce<BuildProgress>((progress, line) => progressed(progress, typeof line === 'string' ? line : JSON.stringify(line)), noProgress);
const log = (vertex: string, text: string): object => ({ logs: [{ vertex, stream: 1, data: Buffer.from(text).toString('base64') }] });
const text = `# syntax
FROM busybox AS base
RUN echo one
FROM base AS train
RUN pip install \\
    # the model
    torch
RUN <<EOF
exit 3
EOF
ONBUILD RUN false
`;
const dockerfile = parseDockerfile('Dockerfile', text);
const failed = (name: string, output = ''): object[] => [
  { vertexes: [{ digest: 'a', name, started: '2026-11-21T06:00:00Z' }] },
  log('a', output),
  {
    vertexes: [
      {
        digest: 'a',
        name,
        started: '2026-11-21T06:00:00Z',
        completed: '2026-11-21T06:00:02.5Z',
        error: 'process "/bin/sh -c x" did not complete successfully: exit code: 1',
      },
    ],
  },
];

describe('the progress of a build', () => {
  test('counts the steps of the Dockerfile, and what runs now', () => {
    const progress = build(
      { vertexes: [{ digest: 'i', name: '[internal] load build context', started: '2026-11-21T06:00:00Z' }] },
      {
        vertexes: [
          { digest: 'a', name: '[1/3] FROM busybox' },
          { digest: 'b', name: '[2/3] RUN one' },
          { digest: 'c', name: '[3/3] RUN two' },
        ],
      },
      {
        vertexes: [
          { digest: 'a', name: '[1/3] FROM busybox', started: '2026-11-21T06:00:00Z', completed: '2026-11-21T06:00:00Z', cached: true },
        ],
      },
      { vertexes: [{ digest: 'b', name: '[2/3] RUN one', started: '2026-11-21T06:00:00Z' }] },
      { statuses: [{ vertex: 'b', id: 'x', current: 5, total: 10 }] },
    );
    const { done, of, now } = share(progress);
    assert.deepEqual([done, of, now?.name, now?.current, now?.total], [1, 3, '[2/3] RUN one', 5, 10]);
  });

  test('keeps what a step printed, how long it took and why it failed', () => {
    const step = build(...failed('[base 2/2] RUN echo one', 'hello\n')).steps.get('a');
    assert.equal(step?.output, 'hello\n');
    assert.equal(step.took, 2500);
    assert.equal(step.state, 'failed');
  });

  test('reads BuildKit’s own warnings with rule, line and link', () => {
    const short = Buffer.from("FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 6)").toString('base64');
    const { warnings } = build({
      warnings: [
        {
          vertex: 'a',
          level: 1,
          short,
          url: 'https://example.test/rule',
          sourceInfo: { filename: 'Dockerfile' },
          range: [{ start: { line: 6 }, end: { line: 6 } }],
        },
      ],
    });
    assert.deepEqual(warnings, [
      {
        rule: 'FromAsCasing',
        message: "'as' and 'FROM' keywords' casing do not match",
        url: 'https://example.test/rule',
        file: 'Dockerfile',
        line: 6,
        endLine: 6,
      },
    ]);
  });

  test('is not shaken by broken JSON, unknown messages and plain words', () => {
    const progress = build('{"vertexes": [', '{"news": 1}', 'null', '', 'ERROR: no');
    assert.deepEqual(progress.words, ['{"vertexes": [', 'null', 'ERROR: no']);
  });

  test('keeps the end of an endless output', () => {
    const progress = build(log('a', 'x'.repeat(15_000)), log('a', 'y'.repeat(15_000)));
    assert.equal(progress.steps.get('a')?.output.length, 20_000);
  });
});

describe('a failing build', () => {
  test('is placed by the lines that BuildKit marks', () => {
    const words = [
      'Dockerfile:5',
      '--------',
      '   4 |     FROM base AS train',
      '   5 | >>> RUN pip install \\',
      '   6 | >>>     # the model',
      '   7 | >>>     torch',
      '--------',
    ];
    const progress = build(
      ...failed('[train 2/3] RUN pip install     torch'),
      ...words,
      'ERROR: failed to build: failed to solve: process "/bin/sh -c pip install torch" did not complete successfully: exit code: 1',
    );
    const failure = failureOf(progress, dockerfile, knowledge.errors);
    assert.equal(failure.span && slice(dockerfile.source, failure.span), 'RUN pip install \\\n    # the model\n    torch');
    assert.equal(failure.message, 'This command ended with exit code 1.');
  });

  test('is placed by the step’s name where a builder marks nothing', () => {
    const place = (name: string): string | undefined => {
      const span = stepSpan({ digest: 'a', name, state: 'failed', output: '' }, dockerfile);
      return span && slice(dockerfile.source, span);
    };
    assert.equal(place('[base 2/2] RUN echo one'), 'RUN echo one');
    assert.equal(place('[train 2/3] RUN pip install     torch')?.split('\n')[0], 'RUN pip install \\');
    assert.equal(place('[linux/amd64 base 2/2] RUN echo one'), 'RUN echo one');
    assert.equal(place('[train 3/3] RUN <<EOF (exit 3)')?.split('\n')[0], 'RUN <<EOF');
    assert.equal(place('[train 2/4] ONBUILD RUN nothing'), 'FROM base AS train');
    assert.equal(place('[internal] load metadata'), undefined);
  });

  test('is placed by the line that its message names', () => {
    const failure = failureOf(
      build('ERROR: failed to build: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN'),
      dockerfile,
      [],
    );
    assert.equal(failure.span && slice(dockerfile.source, failure.span), 'RUN echo one');
    assert.equal(failure.message, 'dockerfile parse error on line 3: unknown instruction: RUNN');
  });

  test('is explained by what the step printed, without its progress bars', () => {
    const progress = build(
      ...failed('[base 2/2] RUN echo one', "  0%\r100%\nModuleNotFoundError: No module named 'psycopg2'\n"),
      'ERROR: failed to solve: process "/bin/sh -c echo one" did not complete successfully: exit code: 1',
    );
    const failure = failureOf(progress, dockerfile, knowledge.errors);
    assert.deepEqual(failure.output, ['100%', "ModuleNotFoundError: No module named 'psycopg2'"]);
    assert.equal(failure.explanation?.id, 'psycopg2-missing');
    assert.equal(failure.message, "This command ended with exit code 1: ModuleNotFoundError: No module named 'psycopg2'");
  });

  test('that never reached the Dockerfile says what the engine said', () => {
    const failure = failureOf(
      build('ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?'),
      dockerfile,
      knowledge.errors,
    );
    assert.equal(failure.span, undefined);
    assert.match(failure.message, /^Cannot connect/);
  });

  test('a step that was cancelled because another failed is not the one that failed', () => {
    const progress = build(...failed('[base 2/2] RUN echo one'), {
      vertexes: [
        {
          digest: 'b',
          name: '[train 2/3] RUN pip install     torch',
          started: '2026-11-21T06:00:00Z',
          completed: '2026-11-21T06:00:01Z',
          error: 'context canceled',
        },
      ],
    });
    const failure = failureOf(progress, dockerfile, []);
    assert.equal(failure.span && slice(dockerfile.source, failure.span), 'RUN echo one');
  });
});
