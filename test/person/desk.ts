import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { ensureChromium, launchBrowser } from '../bed/browser.ts';
import { ensureEngine, privateEngine, type BedEngine } from '../bed/engine.ts';
import { ensureImages, images } from '../bed/images.ts';
import type { Unavailable } from '../bed/shell.ts';
import { ensureVSCode, startCodeServer, type CodeServer, type VSCode } from '../bed/vscode.ts';
import { closeEditors, openWorkbench, screenshot } from '../bed/workbench.ts';

/** What the scenes are played with; it is set up once for all of them. */
export interface Stage {
  readonly code: VSCode;
  readonly engine: BedEngine;
  readonly browser: Browser;
}

/** A person at a VS Code window. */
export interface Desk {
  readonly stage: Stage;
  readonly server: CodeServer;
  readonly page: Page;
  /** The open folder: a copy, so that it may be changed. */
  readonly folder: string;
  readonly engine: BedEngine;
  close(): Promise<void>;
}

export async function ensureStage(log: (line: string) => void): Promise<Stage | Unavailable> {
  const code = await ensureVSCode(log);
  if ('unavailable' in code) return code;
  const chromium = await ensureChromium(log);
  if (typeof chromium !== 'string') return chromium;
  // An engine of its own has nobody else's containers, and may be killed.
  const own = await privateEngine('person', log);
  const engine = 'unavailable' in own ? await ensureEngine(log) : own;
  if ('unavailable' in engine) return engine;
  await engine.start();
  const wanting = await ensureImages(engine, log);
  return wanting ?? { code, engine, browser: await launchBrowser(chromium) };
}

/** What a desk differs in from the usual one. */
export interface DeskOptions {
  readonly engine?: BedEngine;
  readonly extensions?: string;
  /** The extension is installed in `extensions`, not loaded from this repository. */
  readonly installed?: boolean;
  readonly trust?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Opens a window on a copy of the sample workspace and some files to work on. */
export async function openDesk(stage: Stage, options: DeskOptions = {}): Promise<Desk> {
  const engine = options.engine ?? stage.engine;
  const scratch = mkdtempSync(join(tmpdir(), 'ml-containers-desk-'));
  const folder = join(scratch, 'ml-workspace');
  setUp(folder);
  const server = await startCodeServer(stage.code, {
    folder,
    env: engine.env,
    ...(options.extensions ? { extensions: options.extensions } : {}),
    ...(options.installed ? {} : { link: resolve('.') }),
    ...(options.trust ? { trust: true } : {}),
    ...(options.settings ? { settings: options.settings } : {}),
  });
  const context = await stage.browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const close = async (): Promise<void> => {
    await context.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    await openWorkbench(page, server.url());
  } catch (error) {
    await close();
    throw error;
  }
  return { stage, server, page, folder, engine, close };
}

const files = {
  'image/Dockerfile': `FROM ${images.busybox}\nARG NAME=world\nRUN echo "hello $NAME" > /greeting\nCMD ["cat", "/greeting"]\n`,
  'talk/compose.yaml': `services:\n  talk:\n    image: ${images.busybox}\n    init: true\n    command: sh -c 'while true; do echo said; sleep 1; done'\n`,
  'failing/Dockerfile': `FROM ${images.busybox}\nRUN echo first\nRUN echo second \\\n    && no-such-program --now\n`,
} as const;

/** Writes every file as it is before a scene. */
function setUp(folder: string): void {
  cpSync('examples/ml-workspace', folder, { recursive: true });
  cpSync('examples/broken', join(folder, 'broken'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/**
 * A test that starts with no editor open and leaves a picture when it fails. VS Code drops a key now and then on a busy machine:
 * a scene that fails is played once more, and says so.
 */
export function scene(title: string, desk: () => Desk, play: (desk: Desk) => Promise<void>): void {
  const attempt = async (at: Desk): Promise<void> => {
    await closeEditors(at.page);
    await play(at);
  };
  test(title, async () => {
    const at = desk();
    const leavePicture = (words: string): Promise<unknown> =>
      screenshot(at.page, `${words} ${title}`.replace(/\W+/g, '-')).catch(() => undefined);
    try {
      await attempt(at);
    } catch (error) {
      await leavePicture('failed first');
      console.error(
        `  «${title}» is played once more; it failed with ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      setUp(at.folder);
      try {
        await attempt(at);
      } catch (again) {
        await leavePicture('failed');
        throw again;
      }
    }
  });
}
