import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BedEngine } from './engine.ts';
import { cache, ensureDebian, must, timed, type Log, type Unavailable } from './shell.ts';

// Base images made without a registry.

/** Names the images go by. The slim one has no curl and no wget, as the real one. */
export const images = { busybox: 'busybox:local', slim: 'python:3.11-slim-bookworm', curl: 'debian-python-curl:local' } as const;

export async function ensureImages(engine: BedEngine, log: Log = () => undefined): Promise<Unavailable | undefined> {
  const present = (await engine.must(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'])).split('\n');
  if (!present.includes(images.busybox)) {
    const wanting = await ensureDebian(log, { busybox: 'busybox-static' });
    if (wanting) return wanting;
    await timed(log, `make ${images.busybox}`, () => importBusybox(engine));
  }
  const debian = ([images.slim, images.curl] as const).filter((name) => !present.includes(name));
  if (!debian.length) return undefined;
  const wanting = await ensureDebian(log, { debootstrap: 'debootstrap' });
  if (wanting) return wanting;
  for (const name of debian) {
    const extra = name === images.curl ? ['curl'] : [];
    const tar = join(cache, `${name.replace(/\W+/g, '-')}.tar`);
    if (!existsSync(tar))
      await timed(log, `make a Debian root with Python${extra.length ? ' and curl' : ''}`, () => debootstrap(tar, extra));
    await timed(log, `import ${name}`, () =>
      engine.must([
        'import',
        '--change',
        'ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin',
        '--change',
        'CMD ["python3"]',
        tar,
        name,
      ]),
    );
  }
  return undefined;
}

async function importBusybox(engine: BedEngine): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'busybox-'));
  try {
    for (const folder of ['bin', 'etc', 'tmp', 'root', 'var', 'proc', 'sys', 'dev', 'usr/bin'])
      mkdirSync(join(root, folder), { recursive: true });
    cpSync('/bin/busybox', join(root, 'bin/busybox'), { dereference: true });
    for (const applet of (await must('/bin/busybox', ['--list'])).trim().split('\n')) {
      if (applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet));
    }
    await must('tar', ['-C', root, '-cf', `${root}.tar`, '.']);
    await engine.must(['import', '--change', 'CMD ["sh"]', `${root}.tar`, images.busybox]);
  } finally {
    rmSync(root, { recursive: true, force: true });
    rmSync(`${root}.tar`, { force: true });
  }
}

async function debootstrap(tar: string, extra: readonly string[]): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'debian-'));
  try {
    const include = ['python3', 'ca-certificates', ...extra].join(',');
    await must('debootstrap', ['--variant=minbase', `--include=${include}`, 'bookworm', root, ...(await archive())]);
    symlinkSync('/usr/bin/python3', join(root, 'usr/local/bin/python'));
    for (const folder of ['var/cache/apt', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/locale', 'usr/share/man'])
      rmSync(join(root, folder), { recursive: true, force: true });
    mkdirSync(join(root, 'var/lib/apt/lists/partial'), { recursive: true });
    await must('tar', ['-C', root, '-cf', `${tar}.partial`, '.']);
    renameSync(`${tar}.partial`, tar);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The archive that this machine installs from, as debootstrap's last argument. */
async function archive(): Promise<string[]> {
  const policy = await must('apt-cache', ['policy', 'base-files']);
  const uri = /^\s+\d+ (\S+\/debian)\/? \S+\/main/m.exec(policy)?.[1];
  return uri ? [uri] : [];
}
