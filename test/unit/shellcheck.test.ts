import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ShellCheck } from '../../machine/shellcheck.ts';
import { Server } from './server/client.ts';

// A stand-in for ShellCheck at the boundary to the machine: it notes what it is asked and finds fault with every «$x».

const folder = mkdtempSync(join(tmpdir(), 'ml-containers-shellcheck-'));
const asked = join(folder, 'asked');
const program = join(folder, 'shellcheck');
writeFileSync(
  program,
  `#!${process.execPath}
const fs = require('node:fs');
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const texts = named.map((file) => [file, fs.readFileSync(file === '-' ? 0 : file, 'utf8')]);
const text = texts.map(([, each]) => each).join('');
fs.appendFileSync(${JSON.stringify(asked)}, JSON.stringify({ args: process.argv.slice(2), text }) + '\\n');
if (named.length > 1 && text.includes('unreadable')) process.exit(2);
const comments = texts.flatMap(([file, each]) => each.split('\\n').flatMap((line, at) => {
  const column = line.indexOf('$x') + 1;
  return column ? [{ file, line: at + 1, endLine: at + 1, column, endColumn: column + 2, level: 'info', code: 2086, message: 'Quote it.', fix: null }] : [];
}));
setTimeout(() => { console.log(JSON.stringify({ comments })); process.exitCode = comments.length ? 1 : 0; }, text.includes('slow') ? 60000 : 0);
`,
);
chmodSync(program, 0o755);
const calls = (): readonly { readonly args: readonly string[]; readonly text: string }[] =>
  (existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : []).map(
    (line) => JSON.parse(line) as { args: string[]; text: string },
  );
const never = new AbortController().signal;
const skip = process.platform === 'win32' && 'the stand-in is a script with «#!»';

describe('ShellCheck', { skip }, () => {
  test('is asked once about a text, and what it said is kept', async () => {
    const shell = new ShellCheck(program);
    const script = { dialect: 'dash', text: ':\nrm $x\n' } as const;
    assert.equal(shell.comments(script), undefined);
    const before = calls().length;
    assert.equal(await shell.ask([script, script, { ...script }], never), true);
    assert.deepEqual(
      shell.comments(script)?.map(({ line, column, code }) => [line, column, code]),
      [[2, 4, 2086]],
    );
    assert.equal(await shell.ask([script], never), false);
    assert.equal(calls().length, before + 1);
    assert.ok(calls().at(-1)?.args.includes('--shell=dash'));
  });

  test('is asked about many at once, each dialect for itself, and about single ones where that fails', async () => {
    for (const [word, expected] of [
      ['many', 4],
      ['unreadable', 104],
    ] as const) {
      const shell = new ShellCheck(program);
      const scripts = Array.from({ length: 100 }, (_, at) => ({
        dialect: at % 10 ? ('bash' as const) : ('dash' as const),
        text: `echo ${word} ${at}\n${at % 2 ? 'rm $x\n' : ''}`,
      }));
      const before = calls().length;
      assert.equal(await shell.ask(scripts, never), true);
      // Ninety of bash, ten of dash: forty at most in one go.
      assert.equal(calls().length - before, expected);
      for (const [at, script] of scripts.entries()) assert.equal(shell.comments(script)?.length, at % 2, script.text);
    }
  });

  test('keeps what it said about all that were asked about at once', async () => {
    const shell = new ShellCheck(program);
    const scripts = Array.from({ length: 2500 }, (_, at) => ({ dialect: 'bash' as const, text: `echo ${at}\n` }));
    await shell.ask(scripts, never);
    assert.ok(scripts.every((script) => shell.comments(script) !== undefined));
  });

  test('says nothing where it is not installed, or is something else', async () => {
    for (const other of [join(folder, 'nothing-here'), '/bin/false'].filter((path) => !existsSync(path) || path === '/bin/false')) {
      const shell = new ShellCheck(other);
      const script = { dialect: 'bash', text: 'rm $x\n' } as const;
      assert.equal(await shell.ask([script], never), false);
      assert.deepEqual(shell.comments(script) ?? [], []);
    }
  });

  test('is ended when nobody waits any more', async () => {
    const shell = new ShellCheck(program);
    const script = { dialect: 'bash', text: 'slow $x\n' } as const;
    const gone = new AbortController();
    const asking = shell.ask([script, { ...script, text: 'slow too\n' }], gone.signal);
    setTimeout(() => {
      gone.abort();
    }, 100);
    assert.equal(await asking, false);
    assert.equal(shell.comments(script), undefined);
  });
});

describe('the server with ShellCheck on PATH', { skip }, () => {
  const path = process.env['PATH'];
  process.env['PATH'] = `${folder}${delimiter}${path ?? ''}`;
  const servers: Server[] = [];
  const start = async (settings: unknown = {}): Promise<Server> => {
    const server = new Server();
    server.settings = settings;
    servers.push(server);
    return server.start();
  };
  after(async () => {
    process.env['PATH'] = path;
    await Promise.all(servers.map((server) => server.stop()));
  });
  const codes = (all: readonly { readonly code?: unknown }[]): readonly unknown[] => all.map(({ code }) => code);

  test('shows its own findings at once, and those of ShellCheck when they are there', async () => {
    const server = await start();
    await server.open('Dockerfile', 'FROM python:latest\nRUN rm $x\n');
    assert.deepEqual(codes(await server.diagnostics('Dockerfile')), ['latest-tag']);
    const all = await server.diagnostics('Dockerfile', ({ diagnostics }) => diagnostics.length > 1);
    assert.deepEqual(codes(all), ['latest-tag', 'shellcheck']);
    assert.deepEqual(all[1]?.range, { start: { line: 1, character: 7 }, end: { line: 1, character: 9 } });
    // A text that asks nothing new needs nobody: the findings stay with the version.
    await server.change('Dockerfile', 2, { text: 'FROM python:latest\n\nRUN rm $x\n' });
    const moved = await server.diagnostics('Dockerfile', ({ version }) => version === 2);
    assert.deepEqual(codes(moved), ['latest-tag', 'shellcheck']);
    assert.equal(moved[1]?.range.start.line, 2);
  });

  test('leaves it alone where the setting says so', async () => {
    const server = await start({ lint: { shellcheck: false } });
    const before = calls().length;
    await server.open('Dockerfile', 'FROM python:latest\nRUN mv $x y\n');
    assert.deepEqual(codes(await server.diagnostics('Dockerfile')), ['latest-tag']);
    await new Promise((next) => setTimeout(next, 600));
    assert.equal(calls().length, before);
  });
});
