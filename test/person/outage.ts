import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { images } from '../bed/images.ts';
import { openViews, treeWhen, type TreeRow } from '../bed/views.ts';
import { notifications, screenshot } from '../bed/workbench.ts';
import { scene, type Desk } from './desk.ts';

const has = (rows: readonly TreeRow[], label: string): boolean => rows.some((row) => row.label === label);

/** An engine that goes away and comes back. */
export function outage(desk: () => Desk, skip: string | false): void {
  describe('an engine that dies', { skip }, () => {
    scene('the views say so, once; when it is back they fill within 3 s without a click', desk, async ({ page, engine }) => {
      await engine.docker(['rm', '-f', 'person-kept']);
      await engine.must(['run', '-d', '--name', 'person-kept', '--restart', 'always', images.busybox, 'sleep', '1000']);
      await openViews(page, 'ML Containers');
      await treeWhen(page, 'Containers', (rows) => has(rows, 'person-kept'));
      await treeWhen(page, 'Images', (rows) => has(rows, images.busybox));
      await engine.kill();
      try {
        await treeWhen(page, 'Containers', (rows) => !has(rows, 'person-kept') && has(rows, 'Start Docker…'), 10_000);
        await page.locator('.sidebar', { hasText: 'Cannot connect to Docker' }).first().waitFor();
        await screenshot(page, 'sidebar-no-engine');
        assert.deepEqual(await notifications(page), []);
      } finally {
        await engine.start();
      }
      await Promise.all([
        treeWhen(page, 'Containers', (rows) => has(rows, 'person-kept'), 3000),
        treeWhen(page, 'Images', (rows) => has(rows, images.busybox), 3000),
        treeWhen(page, 'Networks', (rows) => rows.length > 1, 3000),
      ]);
      await engine.docker(['rm', '-f', 'person-kept']);
    });
  });
}
