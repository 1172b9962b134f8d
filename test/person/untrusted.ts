import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFile, problemsWhen } from '../bed/editor.ts';
import { openViews, treeWhen } from '../bed/views.ts';
import { closeMenus, screenshot, searchPalette } from '../bed/workbench.ts';
import { images } from '../bed/images.ts';
import { openDesk, type Stage } from './desk.ts';

/** A folder whose authors the person does not trust. */
export function untrusted(stage: () => Stage): void {
  describe('a folder that is not trusted', () => {
    test('is checked, and the engine is shown, but nothing of it is run', async () => {
      const desk = await openDesk(stage(), { trust: true });
      const { page } = desk;
      try {
        await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
        await openFile(page, 'broken/api/Dockerfile');
        await problemsWhen(page, (all) => all.some(({ code }) => code === 'torch-python-unsupported'));
        assert.equal(await page.locator('.codelens-decoration a', { hasText: 'Build' }).count(), 0);
        assert.ok(!(await searchPalette(page, 'ML Containers: Build Image')).includes('ML Containers: Build Image…'));
        await closeMenus(page);
        await openViews(page, 'ML Containers');
        // Where there are no containers the view offers what can be done now, and says what waits.
        assert.equal(await page.locator('.sidebar .monaco-button', { hasText: 'Build and Run' }).count(), 0);
        await treeWhen(page, 'Images', (rows) => rows.some(({ label }) => label === images.busybox));
      } catch (error) {
        await screenshot(page, 'failed-untrusted').catch(() => undefined);
        throw error;
      } finally {
        await desk.close();
      }
    });
  });
}
