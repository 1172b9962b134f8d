import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureChromium, launchBrowser } from './browser.ts';
import { ensureEngine } from './engine.ts';
import { ensureVSCode, startCodeServer } from './vscode.ts';
import { goTo, hoverText, openFile, problems } from './editor.ts';
import { openViews } from './views.ts';
import { openWorkbench, runCommand, screenshot, setTheme, themes } from './workbench.ts';

// `node out/test/bed/look.js --open training/Dockerfile --shot NAME`: VS Code with the extension, a picture, what it lists. For people who work on it.

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'examples/ml-workspace' },
    extension: { type: 'string', default: '.' },
    open: { type: 'string' },
    views: { type: 'string' },
    run: { type: 'string' },
    hover: { type: 'string' },
    theme: { type: 'string', default: 'light' },
    wait: { type: 'string', default: '2500' },
    shot: { type: 'string', default: 'look' },
    engine: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

const [code, chromium] = [await ensureVSCode(console.error), await ensureChromium(console.error)];
if ('unavailable' in code) throw new Error(code.unavailable);
if (typeof chromium !== 'string') throw new Error(chromium.unavailable);
const engine = values.engine ? await ensureEngine(console.error) : undefined;
const server = await startCodeServer(code, {
  folder: resolve(values.folder),
  link: resolve(values.extension),
  ...(engine && 'env' in engine ? { env: engine.env } : {}),
});
const url = server.url();
const browser = await launchBrowser(chromium);
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await openWorkbench(page, url);
  if (values.theme in themes) await setTheme(page, values.theme as keyof typeof themes);
  if (values.open) await openFile(page, values.open);
  if (values.views) await openViews(page, values.views);
  if (values.run) await runCommand(page, values.run);
  await pause(Number(values.wait));
  if (values.open) for (const found of await problems(page)) console.log(found);
  if (values.hover) {
    await openFile(page, values.open ?? '');
    const [line = 1, column = 1] = values.hover.split(':').map(Number);
    await goTo(page, line, column);
    console.log(await hoverText(page));
  }
  console.log(resolve(await screenshot(page, values.shot)));
  if (values.keep) {
    console.log(url);
    await new Promise((done) => process.once('SIGINT', done));
  }
} finally {
  await browser.close();
  await server.stop();
}
