import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { knowledge } from '../../src/knowledge/index.ts';
import { recipes } from '../../src/knowledge/tables/recipes.ts';
import { addService } from '../../src/plan/addService.ts';
import { applyEdits } from '../../src/text/text.ts';
import { ensureEngine, type BedEngine } from '../bed/engine.ts';
import { ensureImages, images } from '../bed/images.ts';
import { begun, everyProject, projectKinds, survey, type Folder } from '../unit/projects.ts';

// What New ML Project… writes, as Docker takes it: every Compose file is read by Compose, and what needs no registry is built and run.

const found = await ensureEngine(console.error);
const skip = 'unavailable' in found ? found.unavailable : false;
const checker = resolve('dist/ml-containers.cjs');

interface Model {
  readonly services: Readonly<Record<string, { readonly image?: string; readonly deploy?: object }>>;
}

describe('new projects on a real engine', { skip }, () => {
  const engine = found as BedEngine;
  const root = mkdtempSync(join(tmpdir(), 'ml-containers-new-'));
  let count = 0;
  const write = (files: Folder): string => {
    const folder = join(root, String(++count));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  };

  before(async () => {
    assert.equal(await ensureImages(engine, console.error), undefined);
  });
  after(() => {
    rmSync(root, { recursive: true, force: true });
  });

  for (const kind of projectKinds)
    test(`${kind.title}: Compose reads what is written as we do, with the override file too`, async () => {
      const seen = new Set<string>();
      for (const { title, files } of everyProject(kind)) {
        const text = `${files['compose.yaml'] ?? ''}${files['compose.gpu.yaml'] ?? ''}`;
        if (seen.has(text)) continue;
        seen.add(text);
        const cwd = write(files);
        const over = 'compose.gpu.yaml' in files ? ['-f', 'compose.yaml', '-f', 'compose.gpu.yaml'] : [];
        const theirs = JSON.parse(await engine.must(['compose', ...over, 'config', '--format', 'json'], { cwd })) as Model;
        const { status, stdout, stderr } = spawnSync(process.execPath, [checker, 'config', ...over, '--format', 'json'], {
          cwd,
          encoding: 'utf8',
        });
        assert.equal(status, 0, `${title}: ${stderr}`);
        const ours = JSON.parse(stdout) as Model;
        const main = ({ services }: Model) =>
          Object.entries(services).map(([name, { image, deploy }]) => ({ name, image, gpu: deploy !== undefined }));
        assert.deepEqual(main(ours), main(theirs), title);
        if (over.length)
          assert.ok(
            main(theirs).some(({ gpu }) => gpu),
            title,
          );
      }
    });

  test('Compose reads what Add Service… writes, for every service of the catalogue', async () => {
    for (const recipe of recipes) {
      const { edits, secrets, files } = addService(recipe, recipes, knowledge, { variables: new Set() });
      const env = secrets.map((name) => `${name}=0123456789abcdef\n`).join('');
      const beside = Object.fromEntries(files.map(({ path, text }) => [path, text]));
      const cwd = write({ 'compose.yaml': `name: one\n${applyEdits('', edits)}`, '.env': env, ...beside });
      const { services } = JSON.parse(await engine.must(['compose', 'config', '--format', 'json'], { cwd })) as Model;
      assert.ok(Object.keys(services).includes(recipe.name ?? recipe.id), recipe.id);
    }
  });

  const kindOf = (id: string) => {
    const kind = projectKinds.find((each) => each.id === id);
    assert.ok(kind);
    return kind;
  };
  const python = { '.python-version': '3.11\n' };
  const cpu = { device: { kind: 'cpu' }, installer: 'pip', variant: '' } as const;

  test('a server is built, turns healthy, answers, and does not run as root', async () => {
    const server = `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("0.0.0.0", 18473), Handler).serve_forever()
`;
    const own = { ...python, 'server.py': server, 'weights.pt': 'x' };
    const files = begun(kindOf('serving'), { survey: survey(own, 'new-serving'), ...cpu }, own);
    assert.match(files['Dockerfile'] ?? '', new RegExp(`^FROM ${images.slim}\\n`));
    const cwd = write(files);
    try {
      await engine.must(['compose', 'up', '--build', '--detach', '--wait', '--wait-timeout', '90'], { cwd });
      const [container = ''] = (await engine.must(['compose', 'ps', '--quiet', 'api'], { cwd })).split('\n');
      assert.equal(await engine.must(['inspect', '--format', '{{.State.Health.Status}}', container]), 'healthy');
      assert.equal(await engine.must(['exec', container, 'id', '-u']), '10001');
      const image = await engine.must(['inspect', '--format', '{{.Image}}', container]);
      assert.equal(
        await engine.must(['run', '--rm', '--entrypoint', 'ls', image, '-A', '/app']),
        '.python-version\nserver.py',
        'weights and our own files stay outside the image',
      );
      assert.equal(await engine.must(['exec', container, 'cat', '/app/weights.pt']), 'x', 'the container has the weights of the folder');
      assert.equal((await fetch('http://127.0.0.1:18473/health')).status, 200);
    } finally {
      await engine.docker(['compose', 'down', '--volumes', '--rmi', 'local', '--timeout', '1'], { cwd });
    }
  });

  test('a training job is built, runs to its end and writes to its volume', async () => {
    const train = `import json
from pathlib import Path

if __name__ == "__main__":
    Path("/outputs/model.json").write_text(json.dumps({"slope": 3}))
    print("done", Path("/data/points.csv").read_text().strip())
`;
    const own = { ...python, 'train.py': train, 'data/points.csv': '1,2\n' };
    const files = begun(kindOf('training'), { survey: survey(own, 'new-training'), ...cpu }, own);
    const cwd = write(files);
    try {
      assert.match(await engine.must(['compose', 'run', '--build', '--rm', 'train'], { cwd }), /done 1,2/);
      const look = ['compose', 'run', '--rm', '--entrypoint', 'stat', 'train', '-c', '%u %s', '/outputs/model.json'];
      assert.equal((await engine.must(look, { cwd })).split('\n').at(-1), '10001 12');
    } finally {
      await engine.docker(['compose', 'down', '--volumes', '--rmi', 'local', '--timeout', '1'], { cwd });
    }
  });
});
