import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { images } from '../bed/images.ts';
import { visibleLines } from '../bed/editor.ts';
import {
  clickInline,
  clickRow,
  collapseView,
  contextMenu,
  expandRow,
  openViews,
  settled,
  tree,
  treeWhen,
  type TreeRow,
} from '../bed/views.ts';
import { answer, notifications, pressButton, reload, runCommand, screenshot, setTheme, themes } from '../bed/workbench.ts';
import { scene, type Desk } from './desk.ts';

const project = 'person-stack';
const compose = `name: ${project}
services:
  tracking:
    image: ${images.busybox}
    command: sleep 1000
    stop_grace_period: 0s
    volumes: [runs:/runs]
  worker:
    image: ${images.busybox}
    command: sh -c "echo step; sleep 1000"
    stop_grace_period: 0s
volumes: { runs: {} }
`;

const row = (rows: readonly TreeRow[], label: string): TreeRow | undefined => rows.find((one) => one.label === label);

/** The views of a person who looks after a running stack. */
export function sidebar(desk: () => Desk): void {
  describe('the sidebar', () => {
    let file = '';
    const rm = (...names: readonly string[]) => desk().engine.docker(['rm', '-f', ...names]);
    const start = async (name: string, ...options: readonly string[]): Promise<void> => {
      await rm(name);
      await desk().engine.must(['run', '-d', '--name', name, ...options, images.busybox, 'sleep', '1000']);
      await settled(desk().page, 'Containers');
    };
    before(async () => {
      const { engine, folder, page } = desk();
      file = join(folder, 'stack', 'compose.yaml');
      mkdirSync(join(folder, 'stack'), { recursive: true });
      writeFileSync(file, compose);
      await engine.must(['compose', '-f', file, 'up', '-d']);
      await engine.docker(['rm', '-f', 'person-crashed', 'person-late', 'person-two', 'person-old']);
      await engine.docker(['run', '--name', 'person-crashed', images.busybox, 'sh', '-c', 'exit 3']);
      await openViews(page, 'ML Containers');
    });
    after(async () => {
      await rm('person-crashed', 'person-late', 'person-two', 'person-old');
      await desk().engine.docker(['compose', '-f', file, 'down', '-v', '-t', '0']);
    });

    scene('every view shows what the engine has', desk, async ({ page }) => {
      const containers = await treeWhen(
        page,
        'Containers',
        (rows) => row(rows, project) !== undefined && row(rows, 'tracking') !== undefined,
      );
      assert.match(row(containers, project)?.description ?? '', /2 of 2 running/);
      assert.equal(row(containers, 'worker')?.level, 2);
      assert.match(row(containers, 'person-crashed')?.description ?? '', /exited with 3/);
      await treeWhen(page, 'Images', (rows) => row(rows, images.busybox) !== undefined);
      await treeWhen(page, 'Volumes', (rows) => rows.some(({ label }) => label.includes(`${project}_runs`)));
      await treeWhen(page, 'Networks', (rows) => rows.some(({ label }) => label.includes(`${project}_default`)));
      await treeWhen(page, 'Contexts', (rows) => rows.length > 0);
      for (const view of ['Volumes', 'Networks', 'Contexts']) await collapseView(page, view);
    });

    for (const theme of Object.keys(themes) as (keyof typeof themes)[])
      scene(`the icons can be told from the background in the ${theme} theme`, desk, async ({ page }) => {
        await setTheme(page, theme);
        const running = row(await tree(page, 'Containers'), 'tracking');
        const background = await page
          .locator('.sidebar')
          .first()
          .evaluate((node) => getComputedStyle(node).backgroundColor);
        await screenshot(page, `sidebar-${theme}`);
        assert.notEqual(running?.colour, background);
        assert.notEqual(running?.colour, '');
      });

    scene('a container stopped from outside changes within 2 s; selection and expansion stay', desk, async ({ page, engine }) => {
      await setTheme(page, 'light');
      await treeWhen(page, 'Containers', (rows) => row(rows, 'worker') !== undefined);
      await clickRow(page, 'Containers', 'worker');
      await expandRow(page, 'Containers', 'worker');
      const before = row(await tree(page, 'Containers'), 'worker');
      assert.equal(before?.expanded, true);
      await engine.must(['stop', '-t', '0', `${project}-worker-1`]);
      const stopped = row(await treeWhen(page, 'Containers', (rows) => row(rows, 'worker')?.icon !== before.icon, 2000), 'worker');
      assert.equal(stopped?.expanded, true);
      assert.equal(stopped.selected, true);
      await engine.must(['start', `${project}-worker-1`]);
      const again = row(await treeWhen(page, 'Containers', (rows) => row(rows, 'worker')?.icon === before.icon, 2000), 'worker');
      assert.equal(again?.expanded, true);
      assert.equal(again.selected, true);
      await expandRow(page, 'Containers', 'worker', false);
    });

    scene('docker run shows a container within a second of its answer; docker rm takes it away', desk, async ({ page, engine }) => {
      await engine.must(['run', '-d', '--name', 'person-late', images.busybox, 'sleep', '1000']);
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-late') !== undefined, 1000);
      await engine.must(['rm', '-f', 'person-late']);
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-late') === undefined, 1000);
    });

    scene('a rename and a new tag appear where they belong', desk, async ({ page, engine }) => {
      await engine.must(['create', '--name', 'person-old', images.busybox, 'true']);
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-old') !== undefined);
      await engine.must(['rename', 'person-old', 'person-two']);
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-two') !== undefined && row(rows, 'person-old') === undefined, 2000);
      await engine.must(['tag', images.busybox, 'person:tagged']);
      await treeWhen(page, 'Images', (rows) => row(rows, 'person:tagged') !== undefined, 2000);
      await engine.must(['rmi', 'person:tagged']);
      const left = await treeWhen(page, 'Images', (rows) => row(rows, 'person:tagged') === undefined, 2000);
      assert.ok(row(left, images.busybox), 'the other tag went too');
      await rm('person-two');
    });

    scene('a filter shows what has its words, says when nothing has, and stays when the window is loaded again', desk, async ({ page }) => {
      const images = async (wanted: readonly string[]): Promise<void> => {
        await treeWhen(page, 'Images', (rows) => rows.map(({ label }) => label).join() === wanted.join());
      };
      const filter = async (words: string): Promise<void> => {
        await runCommand(page, 'ML Containers: Filter Images…');
        await answer(page, words);
      };
      try {
        await filter('debian');
        await images(['debian-python-curl:local']);
        await reload(page);
        await openViews(page, 'ML Containers');
        await images(['debian-python-curl:local']);
        await filter('no-such-image');
        await page.locator('.sidebar', { hasText: 'Nothing here has “no-such-image”' }).waitFor();
      } finally {
        await filter('');
      }
      await treeWhen(page, 'Images', (rows) => rows.length > 1);
    });

    scene('Stop in the tree stops, also when clicked twice; Start starts', desk, async ({ page }) => {
      await start('person-two', '--stop-timeout', '1');
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-two') !== undefined);
      await clickInline(page, 'Containers', 'person-two', 'Stop', 2);
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-two')?.icon === 'stop-circle', 5000);
      assert.deepEqual(await notifications(page), []);
      await clickInline(page, 'Containers', 'person-two', 'Start');
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-two')?.icon === 'play-circle', 5000);
      await rm('person-two');
    });

    scene('a paused container offers Unpause and not Start', desk, async ({ page, engine }) => {
      await start('person-two');
      await engine.must(['pause', 'person-two']);
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-two')?.icon === 'debug-pause');
      const offered = await contextMenu(page, 'Containers', 'person-two', 'Unpause');
      assert.ok(!offered.includes('Start'), offered.join(' | '));
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-two')?.icon === 'play-circle', 3000);
      await rm('person-two');
    });

    scene('Remove asks first: no changes nothing, yes removes', desk, async ({ page, engine }) => {
      await start('person-two');
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-two') !== undefined);
      await contextMenu(page, 'Containers', 'person-two', 'Remove Container…');
      await pressButton(page, 'Cancel');
      assert.equal(await engine.must(['inspect', '-f', '{{.State.Running}}', 'person-two']), 'true');
      await contextMenu(page, 'Containers', 'person-two', 'Remove Container…');
      await pressButton(page, 'Stop and Remove');
      await treeWhen(page, 'Containers', (rows) => row(rows, 'person-two') === undefined, 5000);
      assert.equal((await engine.docker(['inspect', 'person-two'])).code, 1);
    });

    scene('Inspect opens what the engine says, and nothing can be typed into it', desk, async ({ page }) => {
      await contextMenu(page, 'Containers', 'person-crashed', 'Inspect');
      await page.locator('.tab.active', { hasText: 'person-crashed' }).waitFor();
      await page.locator('.editor-instance .view-line').first().waitFor();
      assert.match((await visibleLines(page)).join('\n'), /"Id"/);
    });

    scene('a shell opens in a running container', desk, async ({ page }) => {
      await clickInline(page, 'Containers', 'tracking', 'Open a Shell');
      const terminal = page.locator('.terminal-wrapper.active .xterm-rows');
      await terminal.waitFor();
      await page.waitForFunction(() => /[#$]/.test(document.querySelector('.terminal-wrapper.active .xterm-rows')?.textContent ?? ''));
      await page.keyboard.type('hostname; exit\n');
      await page.waitForFunction(() => !document.querySelector('.terminal-wrapper.active'), undefined, { timeout: 10_000 });
    });
  });
}
