import { spawn, spawnSync } from 'node:child_process';

const ways: readonly (readonly [string, ...string[]])[] = [['docker', 'compose'], ['docker-compose']];
const compose = ways.find(([command, ...rest]) => spawnSync(command, [...rest, 'version', '--short']).status === 0);

/** Whether Docker Compose is here; it needs no engine to read files. */
export const isHere = compose !== undefined;

/** What Compose says against the compose.yaml in a folder; undefined when it takes it. */
export function refusedBy(cwd: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const [command, ...before] = compose ?? ['docker-compose'];
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
    const child = spawn(command, [...before, '-f', 'compose.yaml', 'config', '-q'], {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 20_000,
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (status) => {
      const lines = said.split('\n').filter((line) => line && !line.includes('level=warning'));
      resolve(status === 0 ? undefined : lines.join(' ').slice(0, 300));
    });
  });
}
