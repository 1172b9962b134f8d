import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../bed/shell.ts';
import { openFile, visibleLines } from '../bed/editor.ts';
import { notification, pick, picks, runCommand, screenshot, searchPalette } from '../bed/workbench.ts';
import { scene, type Desk } from './desk.ts';

/** A person who begins a project, and who brings one up to newer versions. */
export function projects(desk: () => Desk): void {
  describe('projects', () => {
    scene(
      'New ML Project… shows what it would write; what is there stays, the rest is on the disk at once',
      desk,
      async ({ page, folder }) => {
        const compose = readFileSync(join(folder, 'compose.yaml'), 'utf8');
        const command = 'ML Containers: New ML Project…';
        // A window that has just opened knows its extensions a moment later.
        await until('the command in the palette', async () => {
          const found = await searchPalette(page, command);
          await page.keyboard.press('Escape');
          return found.includes(command);
        });
        await runCommand(page, command);
        await pick(page, 'Vector database');
        await pick(page, 'One process, filters, an API key');
        await until('the preview', async () => (await visibleLines(page)).some((line) => line.startsWith('──── compose.yaml')));
        assert.deepEqual(await picks(page), ['compose.yaml', '.env', '.env.example']);
        assert.ok((await visibleLines(page)).some((line) => line.includes('qdrant/qdrant:')));
        await screenshot(page, 'new-project-preview');
        await page.keyboard.press('Enter');
        assert.match(await notification(page, 'Wrote '), /Wrote 2 files\. It starts with: docker compose up -d/);
        assert.equal(readFileSync(join(folder, 'compose.yaml'), 'utf8'), compose);
        assert.match(readFileSync(join(folder, '.env'), 'utf8'), /^QDRANT_API_KEY=[0-9a-f]{32}\n$/);
        await until('the other file on the disk', () =>
          Promise.resolve(readFileSync(join(folder, '.env.example'), 'utf8').endsWith('QDRANT_API_KEY=\n')),
        );
        assert.ok(!existsSync(join(folder, 'qdrant')));
      },
    );

    scene('Choose Compatible Versions… changes FROM, pins and index in one step that can be undone', desk, async ({ page, folder }) => {
      const before = readFileSync(join(folder, 'serving/Dockerfile'), 'utf8');
      await openFile(page, 'serving/Dockerfile');
      await runCommand(page, 'ML Containers: Choose Compatible Versions…');
      await pick(page, 'PyTorch');
      await pick(page, '2.8.0');
      await pick(page, 'NVIDIA GPU');
      await until('the combinations', async () => (await picks(page)).some((label) => label.startsWith('Python 3.12 · CUDA 12.8')));
      await screenshot(page, 'choose-versions');
      await pick(page, 'Python 3.13 · CUDA 12.8');
      await notification(page, 'Changed Dockerfile');
      const lines = await visibleLines(page);
      assert.ok(lines.includes('FROM python:3.13-slim-bookworm'), lines.join('\n'));
      assert.ok(
        lines.some((line) => line.includes('pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu128')),
        lines.join('\n'),
      );
      await page.locator('.editor-group-container.active .editor-instance .view-lines').first().click();
      await page.keyboard.press('Control+Z');
      await until('the text from before', async () => (await visibleLines(page)).includes('FROM python:3.12-slim-bookworm'));
      assert.ok((await visibleLines(page)).some((line) => line.includes('torch==2.9.1')));
      await page.keyboard.press('Control+S');
      await until('the file from before', () => Promise.resolve(readFileSync(join(folder, 'serving/Dockerfile'), 'utf8') === before));
    });
  });
}
