import assert from 'node:assert/strict';
import { test } from 'node:test';
import newMlProject from '../../../client/commands/new-ml-project.ts';
import type { App, PlainCommand } from '../../../client/commands/command.ts';
import type { Choice, FileChange } from '../../../client/ui.ts';
import { knowledge } from '../../../src/knowledge/index.ts';
import { applyEdits } from '../../../src/text/text.ts';

/** An editor over files in memory, in which a person picks these labels in turn, ticks these files as well, and says yes or no. */
function editor(files: Record<string, string>, picks: readonly string[], { tick = [] as readonly string[], yes = true } = {}) {
  const asked: string[] = [];
  const shown: string[] = [];
  const open = new Set<string>();
  const left = [...picks];
  let edits = 0;
  const ui = {
    trusted: true,
    folders: ['/ws'],
    list: () => Promise.resolve(Object.keys(files).map((path) => path.slice('/ws/'.length))),
    read: (path: string) => Promise.resolve(files[path]),
    pick: <T>(title: string, choices: readonly Choice<T>[]) => {
      asked.push(`${title}: ${choices.map(({ label }) => label).join(' | ')}`);
      const wanted = left.shift();
      return Promise.resolve(choices.find(({ label }) => label === wanted)?.value);
    },
    pickMany: <T>(_: string, choices: readonly Choice<T>[]) =>
      Promise.resolve(choices.filter(({ label, picked }) => picked === true || tick.includes(label)).map(({ value }) => value)),
    confirm: (question: string) => (asked.push(question), Promise.resolve(yes)),
    show: (name: string, text: string) => (open.add(name), shown.push(text), Promise.resolve()),
    hide: (name: string) => (open.delete(name), Promise.resolve()),
    change: (changes: readonly FileChange[]) => {
      edits++;
      for (const { path, edits: each } of changes) files[path] = applyEdits(files[path] ?? '', each);
      return Promise.resolve(true);
    },
    inform: (message: string) => (asked.push(message), Promise.resolve(undefined)),
  };
  const run = async (): Promise<number> => {
    await (newMlProject as PlainCommand).run({ ui, knowledge } as unknown as App);
    assert.equal(open.size, 0, 'the preview is left open');
    return edits;
  };
  return { run, asked, shown };
}

test('an empty folder becomes a project in one edit, after a preview that hides passwords', async () => {
  const files: Record<string, string> = {};
  const { run, asked, shown } = editor(files, ['MLflow platform']);
  assert.equal(await run(), 1);
  assert.deepEqual(Object.keys(files), ['/ws/compose.yaml', '/ws/.env', '/ws/.env.example', '/ws/.gitignore']);
  assert.match(files['/ws/.env'] ?? '', /^POSTGRES_PASSWORD=[0-9a-f]{32}$/m);
  assert.match(shown.join(), /──── compose\.yaml ────[^]*POSTGRES_PASSWORD=••••••/);
  assert.doesNotMatch(shown.join(), new RegExp(/=([0-9a-f]{32})/.exec(files['/ws/.env'] ?? '')?.[1] ?? ''));
  assert.match(asked.at(-1) ?? '', /^Wrote 4 files\. It starts with: docker compose up --build -d$/);
});

test('what fits the folder comes first, and what is there is kept unless it is ticked and confirmed', async () => {
  const before = {
    '/ws/requirements.txt': 'torch==2.9.1\n',
    '/ws/train.py': 'import torch\n\nif __name__ == "__main__":\n    pass\n',
    '/ws/Dockerfile': 'FROM scratch\n',
    '/ws/.dockerignore': '.git\nmine\n',
  };
  const picks = ['Training', 'NVIDIA GPU, CUDA 12.8', 'uv'];
  const kept: Record<string, string> = { ...before };
  const first = editor(kept, picks);
  await first.run();
  assert.match(first.asked[0] ?? '', /^New ML Project: Training \| /);
  assert.equal(kept['/ws/Dockerfile'], 'FROM scratch\n');
  assert.match(kept['/ws/.dockerignore'] ?? '', /^\.git\nmine\n[^]*^\.env\n/m);
  assert.match(kept['/ws/compose.gpu.yaml'] ?? '', /driver: nvidia/);

  const refused: Record<string, string> = { ...before };
  const second = editor(refused, picks, { tick: ['Dockerfile'], yes: false });
  assert.equal(await second.run(), 0);
  assert.equal(second.asked.at(-1), 'Write over Dockerfile?');
  assert.deepEqual(refused, before);

  const agreed: Record<string, string> = { ...before };
  await editor(agreed, picks, { tick: ['Dockerfile'] }).run();
  assert.match(agreed['/ws/Dockerfile'] ?? '', /--torch-backend=cu128/);
});

test('a folder that names its own packages can be the project', async () => {
  const files: Record<string, string> = {
    '/ws/services/api/requirements.txt': 'fastapi\nuvicorn\n',
    '/ws/services/api/main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
    '/ws/services/train/pyproject.toml': '[project]\nname = "train"\nversion = "1"\ndependencies = ["torch"]\n',
    '/ws/docs/requirements.txt': 'sphinx\n',
  };
  const { run, asked } = editor(files, ['Serving with FastAPI', 'services/api', 'CPU', 'pip']);
  assert.equal(await run(), 1);
  assert.equal(asked[1], 'Serving with FastAPI: for which folder?: services/api | services/train | The whole folder');
  assert.match(files['/ws/services/api/Dockerfile'] ?? '', /CMD \["uvicorn", "main:app"/);
  assert.match(files['/ws/services/api/compose.yaml'] ?? '', /^name: ws-services-api\n/);
  assert.match(asked.at(-1) ?? '', /^Wrote \d files in services\/api\. It starts with: docker compose up --build$/);
  assert.equal(files['/ws/Dockerfile'], undefined);
});

test('nothing is written when a question is left open', async () => {
  for (const picks of [[], ['Training'], ['Training', 'CPU'], ['Vector database']]) {
    const files = {};
    assert.equal(await editor(files, picks).run(), 0);
    assert.deepEqual(files, {});
  }
});
