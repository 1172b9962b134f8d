import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, ensureDebian, isRoot, must, onPath, timed, type Log, type Unavailable } from './shell.ts';

// Docker's programs from Debian's packages, unpacked beside the system: the machine's own apt lists and packages stay as they are.

const suite = 'forky';
const packages = ['docker.io', 'docker-cli', 'docker-compose', 'docker-buildx', 'containerd', 'tini-static', 'docker-registry'];

export interface Programs {
  /** Directories for PATH. */
  readonly path: string;
  readonly plugins: string;
}

export async function ensurePrograms(log: Log): Promise<Programs | Unavailable> {
  if (process.platform !== 'linux')
    return { unavailable: `no Docker engine answers, and one can only be started on Linux, not on ${process.platform}` };
  if (!isRoot()) return { unavailable: 'no Docker engine answers, and only root may start one' };
  if (!onPath('apt-get')) return { unavailable: 'no Docker engine answers, and this machine has no apt-get to install one with' };
  const wanting = await ensureDebian(log, { runc: 'runc', iptables: 'iptables', ip: 'iproute2', busybox: 'busybox-static' });
  if (wanting) return wanting;
  const prefix = join(cache, `engine-${suite}`);
  if (!existsSync(join(prefix, '.complete'))) await timed(log, `unpack the Docker Engine (Debian ${suite})`, () => unpack(prefix));
  return { path: [join(prefix, 'usr/bin'), join(prefix, 'usr/sbin')].join(':'), plugins: join(prefix, 'usr/libexec/docker/cli-plugins') };
}

async function unpack(prefix: string): Promise<void> {
  const work = `${prefix}.partial`;
  rmSync(work, { recursive: true, force: true });
  rmSync(prefix, { recursive: true, force: true });
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs', 'root']) mkdirSync(join(work, folder), { recursive: true });
  writeFileSync(join(work, 'sources.list'), sourcesLine());
  const options = [
    ['Dir::Etc::sourcelist', join(work, 'sources.list')],
    ['Dir::Etc::sourceparts', '/dev/null'],
    ['Dir::State::lists', join(work, 'lists')],
    ['Dir::Cache', join(work, 'cache')],
    ['APT::Sandbox::User', 'root'],
  ].flatMap(([key = '', value = '']) => ['-o', `${key}=${value}`]);
  await must('apt-get', [...options, 'update', '-qq']);
  await must('apt-get', [...options, 'download', '-qq', ...packages], { cwd: join(work, 'debs') });
  for (const deb of readdirSync(join(work, 'debs'))) await must('dpkg', ['-x', join(work, 'debs', deb), join(work, 'root')]);
  rmSync(join(work, 'root/usr/bin/docker-init'), { force: true });
  symlinkSync('tini-static', join(work, 'root/usr/bin/docker-init'));
  writeFileSync(join(work, 'root/.complete'), '');
  renameSync(join(work, 'root'), prefix);
  rmSync(work, { recursive: true, force: true });
}

/** The machine's own Debian archive, with the suite replaced. */
function sourcesLine(): string {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...(existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [])];
  const texts = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  const uris = texts.flatMap((text) => [...text.matchAll(/^(?:URIs:|deb(?:-src)?(?:\s+\[[^\]]*\])?)\s+(\S+)/gm)].map((m) => m[1] ?? ''));
  const archive = uris.find((uri) => /\/debian\/?$/.test(uri));
  if (!archive) throw new Error('No Debian archive is configured in /etc/apt');
  return `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${archive} ${suite} main\n`;
}
