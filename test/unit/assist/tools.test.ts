import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../../src/assist/complete.ts';
import { tools } from '../../../src/assist/dockerfile/tools/tools.ts';
import { beyondUsual } from '../../../src/assist/beyond.ts';
import { hover } from '../../../src/assist/hover.ts';
import { condaInstalls } from '../../../src/dockerfile/packages/conda.ts';
import { pipInstalls } from '../../../src/dockerfile/packages/pip.ts';
import { pythonInstalls } from '../../../src/dockerfile/packages/project.ts';
import { systemInstalls } from '../../../src/dockerfile/packages/system.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import type { Example } from '../../../src/lint/rule.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

function offered(marked: string, about: Example = {}) {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const items = complete(parseDockerfile('app/Dockerfile', text), offset, worldOf(about));
  const taken = (label: string, by: 'text' | 'snippet' = 'text'): string | undefined => {
    const item = items.find((each) => each.label === label);
    return item && applyEdits(text, [{ span: item.span, text: (by === 'snippet' ? item.snippet : undefined) ?? item.text }]);
  };
  return { labels: items.map(({ label }) => label), taken };
}
const labels = (run: string, about?: Example): readonly string[] => offered(`FROM a\nRUN ${run}\n`, about).labels;
const card = (run: string, keyword = 'RUN'): string | undefined => {
  const text = `FROM a\n${keyword} ${run}\n`;
  return hover(parseDockerfile('Dockerfile', text.replace('¦', '')), text.indexOf('¦'), worldOf({}))?.markdown;
};

test('options of what a command does, however it is called', () => {
  for (const call of ['pip', 'pip3', '/opt/venv/bin/pip3.12', 'python -m pip', 'python3.12 -I -m pip', 'sudo pip', 'conda run -n ml pip'])
    assert.deepEqual(labels(`${call} install --no-c¦`).toSorted(), ['--no-cache-dir', '--no-clean', '--no-color', '--no-compile'], call);
  assert.deepEqual(labels('apt-get update && apt-get install -y --no-install-¦ git'), ['--no-install-recommends', '--no-install-suggests']);
  assert.deepEqual(labels('uv pip install --sys¦'), ['--system']);
  assert.deepEqual(labels('uv sync --fr¦ --no-dev'), ['--frozen']);
  assert.deepEqual(labels('poetry install --no-r¦'), ['--no-root']);
  assert.deepEqual(labels('xargs pip install --no-d¦ < x'), ['--no-deps']);
  assert.deepEqual(labels('apk add --no-c¦'), ['--no-cache']);
  assert.deepEqual(labels('curl --ret¦'), ['--retry', '--retry-all-errors', '--retry-connrefused', '--retry-delay']);
  assert.ok(labels('pip install -¦').includes('--no-cache-dir'));
  assert.ok(!labels('pip install -¦').includes('--system'));
});

test('what images usually want comes first', () => {
  const first = (run: string): readonly string[] => {
    const text = `FROM a\nRUN ${run}`;
    const items = complete(parseDockerfile('Dockerfile', `${text}\n`), text.length, worldOf({}));
    const order = items.toSorted((a, b) => ((a.sort ?? '') < (b.sort ?? '') ? -1 : 1));
    return order.slice(0, 3).map(({ label }) => label);
  };
  assert.deepEqual(first('pip install -'), ['--requirement', '--index-url', '--no-cache-dir']);
  assert.deepEqual(first('uv sync --'), ['--no-dev', '--locked', '--no-install-project']);
});

test('what is given is not offered again, unless it may be', () => {
  assert.deepEqual(labels('apt-get install -qqy -¦').includes('-y'), false);
  assert.deepEqual(labels('apt-get install --¦ -y').includes('--yes'), false);
  assert.ok(labels('pip install --extra-index-url https://a --e¦').includes('--extra-index-url'));
  assert.deepEqual(labels('pip install --no-deps¦'), []);
  assert.deepEqual(labels('pip install -- --no-d¦'), []);
});

test('in heredocs, in chains, behind comments, in nested shells, in lists', () => {
  assert.deepEqual(offered('FROM a\nRUN <<EOF\nset -e\napt-get update\napt-get install --no-install-r¦\nEOF\n').labels, [
    '--no-install-recommends',
  ]);
  assert.deepEqual(offered('FROM a\nRUN <<EOF\npip install --no-de¦\n').labels, ['--no-deps']);
  assert.deepEqual(labels('set -e; \\\n  # why\n  pip install \\\n    # because\n    --no-de¦ \\\n    flask'), ['--no-deps']);
  assert.deepEqual(labels('bash -lc "pip install --no-de¦"'), ['--no-deps']);
  assert.deepEqual(labels('X=$(pip download --des¦)'), ['--dest']);
  assert.deepEqual(labels('["pip", "install", "--no-de¦"]'), ['--no-deps']);
  assert.deepEqual(offered('FROM a\r\nRUN pip install \\\r\n  --no-de¦\r\n').labels, ['--no-deps']);
  assert.deepEqual(offered('FROM a\nONBUILD RUN pip install --no-de¦\n').labels, ['--no-deps']);
  assert.deepEqual(offered('FROM a\nHEALTHCHECK CMD curl --fai¦ localhost\n').labels, ['--fail']);
  assert.deepEqual(labels('pip install flask && echo --no-de¦'), []);
  assert.deepEqual(offered('FROM a\nRUN python <<EOF\npip install --no-de¦\nEOF\n').labels, []);
  assert.deepEqual(offered('FROM a\nSHELL ["powershell"]\nRUN pip install --no-de¦\n').labels, []);
});

test('verbs, word by word', () => {
  assert.deepEqual(labels('apt-get ins¦'), ['install']);
  assert.ok(labels('uv ¦').includes('pip'));
  assert.deepEqual(labels('uv pip s¦'), ['sync']);
  assert.deepEqual(labels('uv python ¦'), ['install']);
  assert.deepEqual(labels('conda env ¦'), ['create', 'update']);
  assert.deepEqual(labels('apt-get -o Acquire::Retries=3 inst¦'), ['install']);
  assert.deepEqual(labels('apt-get install¦'), []);
  assert.deepEqual(labels('npm cache ¦'), ['clean']);
});

test('they stay beside another Dockerfile server', () => {
  const text = 'FROM a\nRUN uv \n';
  const file = parseDockerfile('Dockerfile', text);
  const items = complete(file, text.length - 1, worldOf({}));
  assert.deepEqual(
    beyondUsual(file, text.length - 1, items, () => true),
    items,
  );
});

test('values that are known', () => {
  assert.deepEqual(labels('uv sync --link-mode ¦'), ['copy', 'hardlink', 'symlink', 'clone']);
  assert.deepEqual(labels('uv sync --link-mode=h¦'), ['hardlink']);
  assert.deepEqual(labels('npm ci --omit=¦'), ['dev', 'optional', 'peer']);
  assert.ok(labels('apt-get -o ¦').includes('Acquire::Retries=3'));
  assert.deepEqual(labels('poetry install --only ¦'), ['main']);
  // What the option takes is no package.
  assert.deepEqual(labels('pip install --target ¦', { files: { 'app/requirements.txt': 'flask\n' } }), []);
  const files = { 'app/environment.yml': '', 'app/requirements.txt': '', 'app/a.py': '' };
  assert.deepEqual(labels('conda env create -f ¦', { files }), ['environment.yml', 'requirements.txt']);
  assert.deepEqual(labels('pip install --requirement=¦', { files }), ['requirements.txt']);
  assert.deepEqual(labels('pip install -r ¦', { files }), ['requirements.txt']);
});

test('what is taken leaves what stands around it', () => {
  assert.equal(offered('FROM a\nRUN bash -c "pip install --no-de¦"\n').taken('--no-deps'), 'FROM a\nRUN bash -c "pip install --no-deps"\n');
  assert.equal(offered('FROM a\nRUN (pip install --no-de¦)\n').taken('--no-deps'), 'FROM a\nRUN (pip install --no-deps)\n');
  assert.equal(offered('FROM a\nRUN uv sync --link¦=copy\n').taken('--link-mode', 'snippet'), 'FROM a\nRUN uv sync --link-mode=copy\n');
  assert.equal(
    offered('FROM a\nRUN uv sync --link¦\n').taken('--link-mode', 'snippet'),
    'FROM a\nRUN uv sync --link-mode ${1|copy,hardlink,symlink,clone|}\n',
  );
  assert.equal(offered('FROM a\nRUN npm ci --om¦\n').taken('--omit', 'snippet'), 'FROM a\nRUN npm ci --omit=${1|dev,optional,peer|}\n');
  assert.equal(
    offered('FROM a\nRUN pip install --targ¦ x\n').taken('--target', 'snippet'),
    'FROM a\nRUN pip install --target ${1:DIR} x\n',
  );
  assert.equal(
    offered('FROM a\nRUN ["uv", "sync", "--link¦"]\n').taken('--link-mode', 'snippet'),
    'FROM a\nRUN ["uv", "sync", "--link-mode"]\n',
  );
});

test('hover says what an option does, letter by letter', () => {
  assert.match(card('pip install --no-cache¦-dir flask') ?? '', /^\*\*--no-cache-dir\*\*\n\nLeaves what was downloaded/);
  assert.match(card('python -m pip install -¦r x.txt') ?? '', /^\*\*--requirement\*\*, \*\*-r\*\* FILE/);
  assert.match(card('apt-get install -q¦qy git') ?? '', /\*\*-q\*\*[^]*\*\*-y\*\*/);
  assert.match(card('curl -fs¦SL https://a | tar x') ?? '', /-f[^]*-s[^]*-S[^]*-L/);
  assert.match(card('wget -n¦v https://a') ?? '', /^\*\*-nv\*\*/);
  assert.match(card('uv sync --link-mo¦de=copy') ?? '', /^\*\*--link-mode\*\* MODE/);
  assert.match(card('uv sync --l¦ocked') ?? '', /lock file/);
  assert.match(card('uv run --no-s¦ync python x.py') ?? '', /container starts/);
  assert.match(card('conda run --no-capture¦-output -n ml python x.py') ?? '', /stays empty/);
  assert.match(card('apt-get upd¦ate') ?? '', /^\*\*apt-get update\*\*/);
  assert.match(card('curl -¦f http://localhost', 'HEALTHCHECK CMD') ?? '', /Fails where/);
  assert.equal(card('curl -o -¦f http://localhost'), undefined);
  assert.equal(card('echo --no-cache¦-dir'), undefined);
  assert.equal(card('uv sync --link-mode=co¦py'), undefined);
});

/** What the readers of installations take for packages. */
function packagesOf(run: string): string {
  const file = parseDockerfile('Dockerfile', `FROM a\nRUN ${run}\n`);
  const [, instruction] = file.instructions;
  assert.ok(instruction);
  const [words = []] = [
    ...[...pipInstalls(file, instruction), ...pythonInstalls(file, instruction)].map(({ operands }) => operands),
    ...systemInstalls(file, instruction).map(({ packages }) => packages),
    ...condaInstalls(file, instruction),
  ];
  return words.map(({ value }) => value).join(' ');
}

test('the table says what takes a value as the readers of installations do', () => {
  let held = 0;
  for (const tool of tools)
    for (const verb of tool.verbs) {
      const call = `${tool.names[0] ?? ''} ${verb.name}`;
      if (packagesOf(`${call} one`) !== 'one') continue;
      for (const { names, value } of [...verb.options, ...tool.options])
        for (const name of names) {
          const read = packagesOf(`${call} ${name} V one`);
          // Calls for another folder or project are left alone.
          if (!read) continue;
          held++;
          assert.equal(read, value === undefined ? 'V one' : 'one', `${call} ${name}`);
        }
    }
  assert.ok(held > 300, String(held));
});

test('every option of the table is written and explained once', () => {
  for (const tool of tools)
    for (const verb of tool.verbs.length ? tool.verbs : [{ name: '', options: [] }]) {
      const names = [...verb.options, ...tool.options].flatMap((option) => option.names);
      assert.equal(
        new Set(names).size,
        names.length,
        `${tool.names[0] ?? ''} ${verb.name}: ${names.filter((name, at) => names.indexOf(name) !== at).join(' ')}`,
      );
      for (const { summary, names: written } of [...verb.options, ...tool.options]) {
        assert.match(summary, /^[A-Z`–].*[.…]$/, written.join(' '));
        for (const name of written) assert.match(name, /^--?[\w][\w.=-]*$/);
      }
    }
});
