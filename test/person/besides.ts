import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openFile, problemsWhen } from '../bed/editor.ts';
import { screenshot } from '../bed/workbench.ts';
import { openDesk, type Stage } from './desk.ts';

/** A person who has the YAML extension as well: here one that bears its name and says nothing. */
export function besides(stage: () => Stage): void {
  describe('beside the YAML extension', () => {
    test('what it says of a broken file is left to it, and what only we know is said', async () => {
      const extensions = mkdtempSync(join(tmpdir(), 'ml-containers-beside-'));
      const yaml = join(extensions, 'redhat.vscode-yaml-1.0.0');
      mkdirSync(yaml);
      writeFileSync(
        join(yaml, 'package.json'),
        JSON.stringify({ name: 'vscode-yaml', publisher: 'redhat', version: '1.0.0', engines: { vscode: '*' } }),
      );
      const desk = await openDesk(stage(), { extensions });
      const { page, folder } = desk;
      try {
        mkdirSync(join(folder, 'twice'));
        writeFileSync(
          join(folder, 'twice/compose.yaml'),
          'services:\n  api:\n    image: api:1\n    image: api:2\n  web:\n    image: web:1\n    healthcheck:\n      interval: soon\n',
        );
        await openFile(page, 'twice/compose.yaml');
        const shown = await problemsWhen(page, (all) => all.some(({ code }) => code === 'compose-value'));
        assert.deepEqual(
          shown.filter(({ code }) => code === 'syntax'),
          [],
        );
      } catch (error) {
        await screenshot(page, 'failed-besides').catch(() => undefined);
        throw error;
      } finally {
        await desk.close();
        rmSync(extensions, { recursive: true, force: true });
      }
    });
  });
}
