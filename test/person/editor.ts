import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { applyFix, completions, goTo, hoverText, openFile, problemsWhen, typeInEditor, visibleLines } from '../bed/editor.ts';
import { until } from '../bed/shell.ts';
import { screenshot, setTheme } from '../bed/workbench.ts';
import { scene, type Desk } from './desk.ts';

/** A person who writes Dockerfiles and Compose files. */
export function editor(desk: () => Desk): void {
  describe('the editor', () => {
    scene('problems of a Dockerfile are listed with their rule, underlined, and explained in the hover', desk, async ({ page }) => {
      await openFile(page, 'broken/api/Dockerfile');
      const shown = await problemsWhen(page, (all) => all.some(({ code }) => code === 'index-url-with-requirements'));
      const tool = shown.find(({ code }) => code === 'healthcheck-tool-missing');
      assert.deepEqual({ severity: tool?.severity, line: tool?.line, column: tool?.column }, { severity: 'error', line: 9, column: 32 });
      await openFile(page, 'broken/api/Dockerfile');
      assert.ok((await page.locator('.editor-instance .squiggly-error').count()) > 0, 'nothing is underlined');
      await goTo(page, 9, 33);
      const hover = await hoverText(page);
      assert.match(hover, /curl/);
      for (const theme of ['dark', 'light'] as const) {
        await setTheme(page, theme);
        await goTo(page, 9, 33);
        await hoverText(page);
        await screenshot(page, `hover-${theme}`, { still: true });
      }
    });

    scene('a quick fix mends the line, and the problem goes', desk, async ({ page }) => {
      await openFile(page, 'broken/api/Dockerfile');
      await problemsWhen(page, (all) => all.some(({ code }) => code === 'pip-cache-kept'));
      await openFile(page, 'broken/api/Dockerfile');
      await goTo(page, 6, 6);
      await applyFix(page, '--no-cache-dir');
      await problemsWhen(page, (all) => !all.some(({ code }) => code === 'pip-cache-kept'));
      assert.ok((await visibleLines(page)).some((line) => line.includes('pip install --no-cache-dir')));
    });

    scene('a value that becomes an ARG is given a name at once, everywhere', desk, async ({ page }) => {
      await openFile(page, 'image/Dockerfile');
      await goTo(page, 1, 6);
      await applyFix(page, 'Extract ');
      const name = page.locator('.rename-box input');
      await name.waitFor();
      await screenshot(page, 'extract-to-arg');
      await name.fill('BASE_TAG');
      await page.keyboard.press('Enter');
      await until('the new name in its declaration and its use', async () => {
        const lines = await visibleLines(page);
        return lines.some((line) => line.startsWith('ARG BASE_TAG=')) && lines.some((line) => /^FROM .*\$\{BASE_TAG\}/.test(line));
      });
    });

    scene('completion while typing offers the flags of an instruction', desk, async ({ page }) => {
      await openFile(page, 'image/Dockerfile');
      await page.keyboard.press('Control+End');
      await typeInEditor(page, 'HEALTHCHECK --');
      const flags = await completions(page);
      assert.ok(
        flags.some((label) => label.startsWith('--interval')),
        flags.join(' '),
      );
    });

    scene('Enter ends a line as it was typed, whatever has been offered', desk, async ({ page, folder }) => {
      writeFileSync(join(folder, 'image/requirements.txt'), 'numpy==2.3.4\n');
      const lines = [
        'FROM python:3.12-slim',
        'ENV ABC=1',
        'WORKDIR /app',
        'COPY . .',
        'COPY requirements.txt .',
        'COPY requirements.txt ./',
        'COPY . /app',
        'RUN pip install -r requirements.txt',
        'RUN echo $ABC',
        // What other words of the file, other snippets and other tags would make longer.
        'RUN git checkout main',
        'RUN wget -qO- https://example.org/install.sh | bash',
        'USER root',
        'STOPSIGNAL SIGTERM',
        'ENTRYPOINT python',
      ];
      await openFile(page, 'image/Dockerfile');
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      for (const line of lines) {
        await page.keyboard.type(line, { delay: 30 });
        // As long as it takes until a list has come, or gone.
        await page.waitForTimeout(600);
        await page.keyboard.press('Enter');
        await until(`«${line}» and a line behind it`, async () => (await visibleLines(page)).at(-1) === '', 3000);
      }
      const shown = (await visibleLines(page)).filter((line) => line !== '' && line !== '…');
      for (const line of lines)
        assert.ok(
          shown.some((one) => one.startsWith(line)),
          `${line} in ${shown.join(' | ')}`,
        );
    });

    scene('a Compose file is indented and completed while it is typed', desk, async ({ page }) => {
      await openFile(page, 'talk/compose.yaml');
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      await typeInEditor(page, 'serv');
      await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'services' }).waitFor();
      await page.keyboard.press('Escape');
      await typeInEditor(page, 'ices:\napi:\nbuild: .\nenvironment:\n');
      await typeInEditor(page, 'A: b\n');
      for (const line of ['restart: always', 'image: postgres:17', 'container_name: api']) {
        await page.keyboard.press('Home');
        await page.keyboard.press('Shift+End');
        await typeInEditor(page, `    ${line}`);
        await page.waitForTimeout(600);
        await page.keyboard.press('Enter');
      }
      // The list is there, the last letter and Enter come together; a number is no beginning of another.
      for (const line of ['pull_policy: always', 'runtime: nvidia', 'shm_size: 1gb', 'stop_grace_period: 1s']) {
        await page.keyboard.press('Home');
        await page.keyboard.press('Shift+End');
        await typeInEditor(page, `    ${line.slice(0, -1)}`);
        await page.waitForTimeout(600);
        await page.keyboard.type(line.slice(-1));
        await page.keyboard.press('Enter');
      }
      // A key that is chosen from the list begins the line below it.
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+End');
      await typeInEditor(page, '    healthc');
      await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'healthcheck' }).waitFor();
      await page.keyboard.press('Enter');
      await typeInEditor(page, 'retries: 3');
      await page.keyboard.press('Escape');
      const shown = async (): Promise<readonly string[]> => (await visibleLines(page)).filter((line) => line.trim() !== '');
      // The last letter is typed before it is shown.
      await until('the last line', async () => (await shown()).at(-1)?.endsWith('3') === true, 3000);
      assert.deepEqual(await shown(), [
        'services:',
        '  api:',
        '    build: .',
        '    environment:',
        '      A: b',
        '    restart: always',
        '    image: postgres:17',
        '    container_name: api',
        '    pull_policy: always',
        '    runtime: nvidia',
        '    shm_size: 1gb',
        '    stop_grace_period: 1s',
        '    healthcheck:',
        '      retries: 3',
      ]);
    });
  });
}
