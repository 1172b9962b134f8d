import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { step } from './step.ts';

// `npm start`: builds, then opens VS Code on examples/ml-workspace with the extension loaded. Where no VS Code is installed it is the embedded one, in the browser.
// `npm start -- FOLDER` opens another folder; --embedded takes the embedded one in any case; --engine starts a Docker engine where none answers;
// --port and --no-browser are for the embedded one.
const { values, positionals } = parseArgs({
  options: {
    embedded: { type: 'boolean', default: false },
    engine: { type: 'boolean', default: false },
    port: { type: 'string' },
    'no-browser': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const folder = resolve(positionals[0] ?? 'examples/ml-workspace');
const shell = process.platform === 'win32';

await step('bundle', () => {
  run(process.execPath, ['out/scripts/build.js', '--dev']);
});

const code = values.embedded ? undefined : installed();
if (code) {
  console.error(`• open ${folder} with ${code}`);
  run(code, ['--new-window', `--extensionDevelopmentPath=${resolve('.')}`, folder], shell);
} else {
  const flags = [
    ...(values.engine ? ['--engine'] : []),
    ...(values.port ? ['--port', values.port] : []),
    ...(values['no-browser'] ? ['--no-browser'] : []),
  ];
  console.error('• open VS Code in the browser (no VS Code that can open a window was found)');
  run(process.execPath, ['--enable-source-maps', 'out/test/bed/open.js', ...flags, folder]);
}

/** A VS Code that can open a window here: it needs a screen, and as root on Linux it refuses. */
function installed(): string | undefined {
  if (process.platform === 'linux' && (process.getuid?.() === 0 || !(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])))
    return undefined;
  const names = [process.env['VSCODE_PATH'] ?? 'code', 'code-insiders', 'codium'];
  return names.find((name) => spawnSync(name, ['--version'], { shell, stdio: 'ignore' }).status === 0);
}

function run(program: string, args: readonly string[], shell = false): void {
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], shell });
  if (status !== 0) process.exit(status ?? 1);
}
