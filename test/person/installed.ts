import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe } from 'node:test';
import { codeCommand } from '../bed/vscode.ts';
import { openFile, problemsWhen } from '../bed/editor.ts';
import { openViews, treeWhen } from '../bed/views.ts';
import { images } from '../bed/images.ts';
import { openDesk, scene, type Desk, type Stage } from './desk.ts';

/** The .vsix, installed as a person installs it. */
export function installed(stage: () => Stage): void {
  describe('the packed extension', () => {
    const extensions = mkdtempSync(join(tmpdir(), 'ml-containers-extensions-'));
    let desk: Desk | undefined;
    const at = (): Desk => {
      if (!desk) throw new Error('no window is open');
      return desk;
    };
    before(async () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['out/scripts/package.js'], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      const file = /^\S+\.vsix/m.exec(stdout)?.[0] ?? '';
      await codeCommand(stage().code, extensions, ['--install-extension', resolve(file)]);
      desk = await openDesk(stage(), { extensions, installed: true });
    });
    after(async () => {
      await desk?.close();
      rmSync(extensions, { recursive: true, force: true });
    });

    scene('brings no sources, no tests and no packages', at, async () => {
      const folder = readdirSync(extensions).find((name) => name.startsWith('ml-containers.ml-containers-')) ?? '';
      const files = readdirSync(join(extensions, folder), { recursive: true, encoding: 'utf8' });
      for (const name of ['client.cjs', 'server.cjs', 'languageServer.cjs', 'serverSession.cjs'])
        assert.ok(files.includes(join('dist', name)), files.join('\n'));
      assert.deepEqual(
        files.filter((file) => /(^|\/)(node_modules|test|src|out)(\/|$)|\.ts$|\.map$/.test(file)),
        [],
      );
      // Nothing beside the page that shows it can be reached from there.
      assert.doesNotMatch(readFileSync(join(extensions, folder, 'readme.md'), 'utf8'), /(?<!!)\[[^\]]*\]\((?!\w+:)/);
    });

    scene('checks a Dockerfile and shows the engine', at, async ({ page }) => {
      await openFile(page, 'broken/api/Dockerfile');
      await problemsWhen(page, (all) => all.some(({ code }) => code === 'healthcheck-tool-missing'));
      await openViews(page, 'ML Containers');
      await treeWhen(page, 'Images', (rows) => rows.some(({ label }) => label === images.busybox));
    });
  });
}
