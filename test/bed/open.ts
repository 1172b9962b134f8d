import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureEngine } from './engine.ts';
import { ensureImages } from './images.ts';
import { onPath } from './shell.ts';
import { ensureVSCode, startCodeServer } from './vscode.ts';

// The embedded VS Code for a person: serves a folder with this extension loaded until Ctrl-C. `npm start` ends here where no VS Code is installed.

const { values, positionals } = parseArgs({
  options: { port: { type: 'string' }, engine: { type: 'boolean', default: false }, 'no-browser': { type: 'boolean', default: false } },
  allowPositionals: true,
});

const code = await ensureVSCode(console.error);
if ('unavailable' in code) {
  console.error(
    `No VS Code can be opened here: ${code.unavailable}. Install VS Code, so that \`code\` is on PATH, and run npm start again.`,
  );
  process.exit(1);
}
const engine = values.engine ? await ensureEngine(console.error) : undefined;
if (engine && 'unavailable' in engine) console.error(`  without a Docker engine: ${engine.unavailable}`);
else if (engine) await ensureImages(engine, console.error);
const server = await startCodeServer(code, {
  folder: resolve(positionals[0] ?? '.'),
  gallery: true,
  link: resolve('.'),
  ...(values.port ? { port: Number(values.port) } : {}),
  ...(engine && 'env' in engine ? { env: engine.env } : {}),
});
const url = server.url();
console.log(`VS Code is at\n\n  ${url}\n\nCtrl-C ends it.`);
const screen = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
if (!values['no-browser'] && screen && onPath('xdg-open')) spawn('xdg-open', [url], { stdio: 'ignore', detached: true }).unref();

const end = (): void => {
  void server.stop().then(() => process.exit(0));
};
process.removeAllListeners('SIGINT').once('SIGINT', end);
process.removeAllListeners('SIGTERM').once('SIGTERM', end);
