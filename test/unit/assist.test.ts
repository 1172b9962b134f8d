import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { formatDockerfile } from '../../src/assist/dockerfile/format.ts';
import { signaturesInDockerfile } from '../../src/assist/dockerfile/signature.ts';
import { tokensInDockerfile } from '../../src/assist/dockerfile/tokens.ts';
import { declaration } from '../../src/assist/declaration.ts';
import { named } from '../../src/assist/named.ts';
import { folds, links, outline } from '../../src/assist/outline.ts';
import { enclosing } from '../../src/assist/selection.ts';
import { languageOf, open } from '../../src/core.ts';
import type { Document } from '../../src/document.ts';
import { dump } from '../../src/dockerfile/dump.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { applyEdits, slice } from '../../src/text/text.ts';

/** A text with the cursor at `|`. */
function marked(path: string, text: string): { readonly document: Document; readonly offset: number } {
  const offset = text.indexOf('|');
  const language = languageOf(path) ?? 'dockerfile';
  return { document: open(path, text.replace('|', ''), language), offset };
}

function everywhere(
  path: string,
  text: string,
): { readonly kind: string; readonly places: readonly string[]; readonly declared: number | undefined } | undefined {
  const { document, offset } = marked(path, text);
  const found = named(document, offset);
  return (
    found && {
      kind: found.kind,
      places: found.places.map(({ span, write }) => `${write ? '!' : ''}${slice(document.source, span)}@${span.start}`),
      declared: declaration(found)?.span.start,
    }
  );
}

describe('names', () => {
  test('a variable keeps to its stage, and the nearest declaration above is its own', () => {
    assert.deepEqual(everywhere('Dockerfile', 'FROM a\nENV V=1\nENV V=2\nRUN echo ${|V}\nFROM b\nENV V=3\n'), {
      kind: 'variable',
      places: ['!V@11', '!V@19', 'V@34'],
      declared: 19,
    });
  });

  test('a stage is found in FROM, COPY --from and mounts, whatever its case', () => {
    assert.deepEqual(
      everywhere('Dockerfile', 'FROM a AS bu|ild\nFROM build\nCOPY --from=BUILD x y\nRUN --mount=type=bind,from=build,target=/b true\n')
        ?.places,
      ['!build@10', 'build@21', 'BUILD@39', 'build@76'],
    );
  });

  test('a Compose service is found in every form of reference; a volume of the same name is another thing', () => {
    const text =
      'services:\n  db:\n    image: a\n    volumes:\n      - db:/data\n      - ./db:/x\n  api:\n    image: b\n    depends_on:\n      d|b:\n        condition: service_started\n    links: ["db:database"]\nvolumes:\n  db:\n';
    assert.deepEqual(everywhere('compose.yaml', text), {
      kind: 'service',
      places: ['!db@12', 'db@117', 'db@169'],
      declared: 12,
    });
    assert.deepEqual(everywhere('compose.yaml', text.replace('d|b:\n', 'db:\n').replace('- db:/data', '- d|b:/data'))?.kind, 'volume');
  });

  test('an alias leads to its anchor', () => {
    assert.deepEqual(
      everywhere('compose.yaml', 'x-a: &com|mon\n  restart: always\nservices:\n  a:\n    <<: *common\n    image: b\n')?.places,
      ['!common@6', 'common@55'],
    );
  });
});

test('signature help follows the cursor', () => {
  const at = (text: string) => {
    const { document, offset } = marked('Dockerfile', text);
    assert.equal(document.language, 'dockerfile');
    const found = signaturesInDockerfile(document, offset);
    const [first] = found?.signatures ?? [];
    return first && `${first.label} · ${first.parameters[found?.active ?? 0] ?? ''}`;
  };
  assert.equal(at('FROM a\nCOPY a b |'), 'COPY [flags] source ... dest · dest');
  assert.equal(at('FROM a\nCOPY --from=|'), '--from=stage · stage');
  assert.equal(at('FROM a\nCOPY --chown=me|'), '--chown=user:group · user');
  assert.equal(at('FROM a\nCOPY --chown=me:|'), '--chown=user:group · group');
  assert.equal(at('FROM a\nENTRYPOINT ["x", |]'), 'ENTRYPOINT [ "executable", "parameter", ... ] · "parameter"');
  assert.equal(at('FROM a\nENV a=b c|='), 'ENV key=value key2=value2 · key2');
  assert.equal(at('FROM a\n# RUN |'), undefined);
  assert.equal(at('FROM a\nCMD |["x"]'), 'CMD [ "executable", "parameter", ... ] · [');
  assert.equal(at('FROM a\nCOPY | --link a b'), 'COPY [flags] source ... dest · [flags]');
  assert.equal(at('FROM a\nHEALTHCHECK | --interval=5m CMD x'), 'HEALTHCHECK [flags] CMD ... · [flags]');
  assert.equal(at('FROM a\nHEALTHCHECK --inter|'), 'HEALTHCHECK [flags] CMD ... · [flags]');
  assert.equal(at('FROM a\nHEALTHCHECK --timeout=1|s CMD x'), 'HEALTHCHECK --timeout=30s ... · 30s');
  assert.equal(at('FROM a\nHEALTHCHECK --timeout=1s CM|D x'), 'HEALTHCHECK [flags] CMD ... · CMD');
  assert.equal(at('FROM a\nHEALTHCHECK --timeout=1s CMD x|'), 'HEALTHCHECK [flags] CMD ... · ...');
  assert.equal(at('FROM a\nHEALTHCHECK NONE |'), undefined);
});

test('the outline has stages with their instructions, and Compose sections with what they declare', () => {
  const shape = (path: string, text: string) =>
    outline(marked(path, text).document).map(({ name, children }) => [name, ...children.map((each) => each.name)].join(' '));
  assert.deepEqual(shape('Dockerfile', '# escape=\\\nARG V\nFROM a\nRUN b\nFROM c\nCMD d\n'), ['escape', 'ARG', 'FROM RUN', 'FROM CMD']);
  assert.deepEqual(shape('Dockerfile', '# syntac=docker/dockerfile:1\n# note=x\nFROM a\n'), ['syntac', 'FROM']);
  assert.deepEqual(shape('compose.yaml', 'services:\n  a:\n    image: x\nvolumes:\n  v:\ninclude: [other.yaml]\n'), [
    'services a',
    'volumes v',
    'include other.yaml',
  ]);
});

test('comments, continued instructions, heredocs and mappings fold', () => {
  const lines = (path: string, text: string) => {
    const { document } = marked(path, text);
    return folds(document).map(({ start, end }) =>
      [start, end].map((at) => document.source.text.slice(0, at).split('\n').length - 1).join('-'),
    );
  };
  assert.deepEqual(lines('Dockerfile', '# a\n# b\nFROM a\nRUN b \\\n  c\nCOPY <<EOF /x\nline\nEOF\nCMD d\n'), ['0-1', '3-4', '5-7']);
  assert.deepEqual(lines('compose.yaml', 'services:\n  a:\n    image: x\n    ports:\n      - 80\n'), ['0-4', '1-4', '3-4']);
  // Each line folds once, and what an alias brings where it is written; later documents and texts in lists fold, too.
  assert.deepEqual(
    lines(
      'compose.yaml',
      'services:\n  a:\n    secrets:\n      - source:\n          x\n    depends_on: &d\n      b:\n        restart: true\n  c:\n    depends_on: *d\n---\nservices:\n  a:\n    command:\n      - >\n        echo\n',
    ),
    ['0-9', '1-7', '2-4', '3-4', '5-7', '6-7', '8-9', '11-15', '12-15', '13-15', '14-15'],
  );
});

test('images link to their pages and paths to their files', () => {
  const all = (path: string, text: string) =>
    links(marked(path, text).document).map(({ target }) => (target.kind === 'page' ? target.url : target.path));
  assert.deepEqual(all('Dockerfile', 'FROM python:3.12 AS a\nFROM a\nFROM ghcr.io/o/i:1\nFROM ghcr.io/o\nFROM $X\nFROM scratch\n'), [
    'https://hub.docker.com/_/python',
    'https://github.com/o/i/pkgs/container/i',
  ]);
  assert.deepEqual(
    all(
      'deploy/compose.yaml',
      'services:\n  a:\n    image: "redis:7"\n    env_file: [a.env]\n  b:\n    build:\n      context: ../app\n      dockerfile: Dockerfile.gpu\n',
    ),
    ['https://hub.docker.com/_/redis', 'deploy/a.env', 'app/Dockerfile.gpu'],
  );
  // An anchor that is used again is one link.
  assert.deepEqual(all('compose.yaml', 'services:\n  a: &a\n    image: redis\n  b: *a\n  c:\n    <<: *a\n'), [
    'https://hub.docker.com/_/redis',
  ]);
});

test('a growing selection in a Compose file takes what is in the quotes, the value, the key with it', () => {
  const { document, offset } = marked('compose.yaml', 'name: x\n---\nservices:\n  a:\n    image: "red|is"\n');
  assert.deepEqual(
    enclosing(document, offset)
      .slice(0, 3)
      .map((span) => slice(document.source, span)),
    ['redis', '"redis"', 'image: "redis"'],
  );
});

test('a growing selection takes the word, the instruction, the stage, the file', () => {
  const { document, offset } = marked('Dockerfile', 'FROM a\nCOPY one t|wo /x/\nFROM b\n');
  assert.deepEqual(
    enclosing(document, offset).map((span) => slice(document.source, span).trimEnd()),
    ['two', 'one two /x/', 'COPY one two /x/', 'FROM a\nCOPY one two /x/', 'FROM a\nCOPY one two /x/\nFROM b'],
  );
});

test('in a RUN it takes what stands in quotes, the word, the command', () => {
  const grown = (text: string): readonly string[] => {
    const { document, offset } = marked('Dockerfile', text);
    return enclosing(document, offset)
      .map((span) => slice(document.source, span).trimEnd())
      .slice(0, -1);
  };
  assert.deepEqual(grown('FROM a\nRUN a && b "c |d" e\n').slice(0, 5), [
    'c d',
    '"c d"',
    'b "c d" e',
    'a && b "c d" e',
    'RUN a && b "c d" e',
  ]);
  assert.deepEqual(grown('FROM a\nONBUILD RUN a && b |c\n').slice(0, 5), ['c', 'b c', 'a && b c', 'RUN a && b c', 'ONBUILD RUN a && b c']);
  assert.deepEqual(grown('FROM a\nRUN --mount=type=cache,target=/|x b\n').slice(0, 3), [
    'target=/x',
    'type=cache,target=/x',
    '--mount=type=cache,target=/x',
  ]);
});

const real = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => languageOf(path))
  .map((path) => ({ path, text: readFileSync(join('examples', path), 'utf8') }));

describe('formatting', () => {
  test('indents what continues an instruction, keeps heredocs and what is quoted', () => {
    const format = (text: string): string =>
      applyEdits(text, formatDockerfile(parseDockerfile('Dockerfile', text), { insertSpaces: true, tabSize: 4 }));
    assert.equal(
      format('  FROM a\nRUN one \\\n&& two \\\n        --deep\nCOPY <<EOF /x\n  kept\nEOF\nENV A="b \\\n c"\n'),
      'FROM a\nRUN one \\\n    && two \\\n        --deep\nCOPY <<EOF /x\n  kept\nEOF\nENV A="b \\\n c"\n',
    );
  });

  test('of real files changes nothing that a build sees, and nothing the second time', () => {
    assert.ok(real.length > 5);
    for (const { path, text } of real) {
      const document = open(path, text, languageOf(path) ?? 'dockerfile');
      if (document.language === 'dockerfile') {
        const formatted = applyEdits(text, formatDockerfile(document, { insertSpaces: true, tabSize: 4 }));
        const after = parseDockerfile(path, formatted);
        const said = (file: typeof after): string => JSON.stringify(dump(file)).replace(/(?:\s|\\t)+/g, ' ');
        assert.equal(said(after), said(document), path);
        assert.deepEqual(formatDockerfile(after, { insertSpaces: true, tabSize: 4 }), [], path);
      }
    }
  });
});

test('tokens never overlap, span lines or are empty, in whole and in broken files', () => {
  const texts = real
    .map(({ text }) => text)
    .flatMap((text) => [text, text.replaceAll('\n', '\r\n'), text.slice(0, text.length / 2), text.replaceAll('"', '')]);
  for (const text of texts) {
    let last = 0;
    for (const { start, end } of tokensInDockerfile(parseDockerfile('Dockerfile', text))) {
      assert.ok(start >= last && end > start && !/[\r\n]/.test(text.slice(start, end)), JSON.stringify(text.slice(start - 20, end + 20)));
      last = end;
    }
  }
});
