import { spawnSync } from 'node:child_process';
import { chromium, type Browser } from 'playwright-core';
import { ensureDebian, type Log, type Unavailable } from './shell.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium on this machine; Debian's where there is none. */
export async function ensureChromium(log: Log = () => undefined): Promise<string | Unavailable> {
  const find = (): string | undefined => names.map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim()).find(Boolean);
  const present = process.env['CHROMIUM_PATH'] ?? find();
  if (present) return present;
  const wanting = await ensureDebian(log, { chromium: 'chromium', '/usr/share/fonts/truetype/dejavu': 'fonts-dejavu-core' });
  return wanting ?? find() ?? { unavailable: 'no Chromium was found after its installation' };
}

export function launchBrowser(executablePath: string): Promise<Browser> {
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, headless: true, args: flags });
}
