import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import type { Locator } from 'playwright-core';
import { images } from '../bed/images.ts';
import { until } from '../bed/shell.ts';
import { openFile, problemsWhen } from '../bed/editor.ts';
import { clickInline, openViews, settled, treeWhen } from '../bed/views.ts';
import { notification, pick, runCommand, saveAs, screenshot, setTheme, webview } from '../bed/workbench.ts';
import { scene, type Desk } from './desk.ts';

// As many lines as the panel shows at once: those that scrolled away are not on the page.
const talk = 'for i in 1 2 3 4 5 6; do printf "\\033[32mstep\\033[0m %d loss 0.1\\n" $i; sleep 0.1; done; sleep 1000';

/** The log panel, and builds from the editor. */
export function panels(desk: () => Desk): void {
  describe('logs and builds', () => {
    after(async () => {
      await desk().engine.docker(['rm', '-f', 'person-talk']);
    });

    scene('the log of a container is followed, and goes on after a restart with a line that says so', desk, async ({ page, engine }) => {
      await setTheme(page, 'light');
      await openViews(page, 'ML Containers');
      await engine.docker(['rm', '-f', 'person-talk']);
      await engine.must(['run', '-d', '--name', 'person-talk', images.busybox, 'sh', '-c', talk]);
      await treeWhen(page, 'Containers', (rows) => rows.some(({ label }) => label === 'person-talk'));
      await settled(page, 'Containers');
      await clickInline(page, 'Containers', 'person-talk', 'Show Logs');
      const text = (): Promise<string> => webview(page).locator('body').innerText();
      await until('the fifth step', async () => /step 5 /.test(await text()));
      await engine.must(['restart', '-t', '0', 'person-talk']);
      await until('the line about the restart', async () => /person-talk restarted/.test(await text()), 15_000);
      await until('the first steps of the new run', async () => /restarted[^]*step 6 /.test(await text()), 15_000);
      await screenshot(page, 'logs-light');
      await setTheme(page, 'dark');
      await screenshot(page, 'logs-dark');
      await setTheme(page, 'light');
    });

    scene('the log is searched, saved and cleared', desk, async ({ page, engine, folder }) => {
      const panel = webview(page);
      await panel.getByLabel('Find in the log').fill('STEP 3 ');
      await panel
        .getByRole('search')
        .getByText(/^\d of 2$/)
        .waitFor();
      await panel.getByLabel('Match case').click();
      await panel.getByRole('search').getByText('No results').waitFor();
      await panel.getByLabel('Match case').click();
      await panel.getByLabel('Find in the log').fill('');
      const saved = join(folder, 'person-talk.log');
      await panel.getByLabel('Save to a file').click();
      await saveAs(page, saved);
      await until('the file', () => Promise.resolve(existsSync(saved) && readFileSync(saved, 'utf8').includes('person-talk restarted')));
      assert.match(readFileSync(saved, 'utf8'), /^step 1 loss 0\.1$/m);
      await panel.getByLabel('Clear').click();
      await until('an empty log', async () => !/step|restarted/.test(await panel.locator('main').innerText()));
      await engine.must(['restart', '-t', '0', 'person-talk']);
      await until('what comes after', async () => /step 6 /.test(await panel.locator('main').innerText()));
    });

    scene('a log that goes on is left for what was said before, and followed again, by keys', desk, async ({ page, engine }) => {
      await engine.docker(['rm', '-f', 'person-talk']);
      await engine.must([
        ...['run', '-d', '--name', 'person-talk', images.busybox, 'sh', '-c'],
        'i=0; while true; do i=$((i+1)); echo epoch $i; [ $i -lt 200 ] || sleep 0.2; done',
      ]);
      await openViews(page, 'ML Containers');
      await treeWhen(page, 'Containers', (rows) => rows.some(({ label }) => label === 'person-talk'));
      await settled(page, 'Containers');
      await clickInline(page, 'Containers', 'person-talk', 'Show Logs');
      const panel = webview(page);
      await panel
        .getByText(/^epoch 2\d\d$/)
        .first()
        .waitFor();
      await panel.getByLabel('Log lines').focus();
      const toEnd = panel.getByRole('button', { name: 'Jump to end' });
      await page.keyboard.press('ArrowUp');
      await toEnd.waitFor();
      await page.keyboard.press('End');
      await toEnd.waitFor({ state: 'hidden' });
    });

    scene('the lines above a service bring it up, say how it is, and stop it', desk, async ({ page, engine }) => {
      await openFile(page, 'talk/compose.yaml');
      const line = (title: RegExp): Locator => page.locator('.codelens-decoration a', { hasText: title });
      const state = (): Promise<string> => engine.must(['ps', '-a', '--filter', 'name=talk-talk', '--format', '{{.State}}']);
      await line(/Up$/).click();
      await until('the container', async () => (await state()) === 'running', 30_000);
      await until('its log', async () => /said/.test(await webview(page).locator('body').innerText()));
      await line(/^\s*running$/)
        .nth(1)
        .waitFor();
      await screenshot(page, 'compose-lenses');
      await line(/^Stop$/).click();
      await line(/exited/)
        .first()
        .waitFor();
      assert.equal(await state(), 'exited');
      await engine.must(['rm', '-f', 'talk-talk-1']);
    });

    scene('a build from the line above the last stage makes the image', desk, async ({ page, engine }) => {
      await openFile(page, 'image/Dockerfile');
      await page.locator('.codelens-decoration a', { hasText: /^Build$/ }).click();
      await pick(page, 'docker build');
      const said = await notification(page, 'Built ');
      const tag = /Built (\S+?)\.?$/.exec(said)?.[1] ?? '';
      assert.equal(await engine.must(['run', '--rm', tag]), 'hello world');
      await screenshot(page, 'build');
      await engine.must(['rmi', tag]);
    });

    scene('a build from the palette that fails puts its error on the line of the RUN', desk, async ({ page }) => {
      await openFile(page, 'failing/Dockerfile');
      await runCommand(page, 'ML Containers: Build Image…');
      await pick(page, 'docker build');
      await notification(page, 'The build failed');
      const shown = await problemsWhen(page, (all) => all.some(({ source }) => source === 'docker build'));
      const found = shown.filter(({ source }) => source === 'docker build');
      assert.deepEqual(
        found.map(({ severity, line }) => ({ severity, line })),
        [{ severity: 'error', line: 3 }],
      );
      await screenshot(page, 'build-failed');
    });
  });
}
