import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { images } from '../bed/images.ts';
import { until } from '../bed/shell.ts';
import { collapseView, contextMenu, openViews, settled, treeWhen } from '../bed/views.ts';
import { answer, pick, screenshot, setTheme } from '../bed/workbench.ts';
import { scene, type Desk } from './desk.ts';

/** Runs that are given GPUs, and the view of who holds them. */
export function gpus(desk: () => Desk, skip: string | false): void {
  describe('GPUs', { skip }, () => {
    after(async () => {
      await desk().engine.docker(['rm', '-f', 'person-gpu']);
    });

    scene('an image is run with the GPU that was chosen, and no other', desk, async ({ page, engine }) => {
      await engine.docker(['rm', '-f', 'person-gpu']);
      await setTheme(page, 'dark');
      await openViews(page, 'ML Containers');
      await treeWhen(page, 'Images', (rows) => rows.some(({ label }) => label === images.busybox));
      await settled(page, 'Images');
      await contextMenu(page, 'Images', images.busybox, 'Run with GPUs, Ports, Shared Memory…');
      await pick(page, 'GPUs');
      await pick(page, 'GPU 1');
      await pick(page, /^\s*Command/);
      await answer(page, 'sh -c "nvidia-smi -L; sleep 1000"');
      await pick(page, 'Container name');
      await answer(page, 'person-gpu');
      await screenshot(page, 'run-with-gpu');
      await pick(page, /^\s*Run/);
      await until('the container', async () => (await engine.docker(['inspect', 'person-gpu'])).code === 0, 15_000);
      const asked = await engine.must(['inspect', '-f', '{{json .HostConfig.DeviceRequests}} {{.HostConfig.ShmSize}}', 'person-gpu']);
      assert.match(asked, /"DeviceIDs":\["nvidia\.com\/gpu=1"\]/);
      assert.match(asked, new RegExp(` ${8 * 1024 ** 3}$`));
    });

    scene('the view of GPUs tells their memory and which container has one', desk, async ({ page }) => {
      await openViews(page, 'ML Containers');
      const rows = await treeWhen(page, 'GPUs', (shown) => shown.some(({ label }) => label === 'person-gpu'));
      const under = rows.findIndex(({ label }) => label === 'person-gpu');
      assert.deepEqual(
        rows.filter(({ level }) => level === 1).map(({ label }) => label),
        ['0: NVIDIA H200', '1: NVIDIA L4'],
      );
      assert.match(rows[0]?.description ?? '', /^60\.0 of 140 GiB · 87 %$/);
      assert.equal(rows[under - 1]?.label, '1: NVIDIA L4');
      await screenshot(page, 'gpus');
      await collapseView(page, 'GPUs');
    });
  });
}
