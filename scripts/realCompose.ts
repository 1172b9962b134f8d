import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { format } from 'prettier';
import { cell, checkFolder, nameOf, share, tally, type Tally } from './realFolder.ts';
import { judgedCompose } from './realComposeJudged.ts';

// `npm run real:compose -- FOLDER…`: the checker on the Compose files of checkouts of real repositories, each in a folder `owner+name`,
// beside `docker compose config -q` where that program is here (it needs no engine). Prints every error and warning, and each file that one of
// the two refuses and the other takes. Ends with 1 when a file that Compose takes has an error, a repository has more than one warning a
// file, or nobody has looked at a kind of warning. `--write` puts the tables into docs/real-compose-files.md,
// where the rows of repositories that are not among the folders stay.

interface Counted extends Tally {
  readonly name: string;
  /** Files that Compose refuses; undefined where Compose is not here. */
  readonly refused?: number;
  /** Refused by Compose and not by us: fragments, and files whose variables an example file names. */
  readonly taken: readonly string[];
  /** With an error of ours, though Compose takes them. */
  readonly wrong: readonly string[];
}

const written = 'docs/real-compose-files.md';
const compose = program();
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const counted = folders.map(count);
const complaints = counted.flatMap(({ name, files, count: { warning }, kinds, wrong }) => {
  const known = judgedCompose.find((each) => each.name === name)?.warnings;
  const unseen = known ? [...kinds.keys()].filter((rule) => !known[rule]) : [];
  return [
    ...wrong.map((path) => `${name}/${path}: an error, and Compose takes the file`),
    ...(warning > files ? [`${name}: more than one warning a file`] : []),
    ...(unseen.length ? [`${name}: nobody has looked at ${unseen.join(', ')}`] : []),
  ];
});
if (!compose) console.log('Docker Compose is not here: what it refuses is not compared.');
for (const row of counted) console.log(cells(row).join('  '));
for (const complaint of complaints) console.error(complaint);
if (process.argv.includes('--write')) writeFileSync(written, await format(page(), { parser: 'markdown', printWidth: 140 }));
process.exit(complaints.length ? 1 : 0);

/** How Docker Compose is called here. */
function program(): readonly [string, ...string[]] | undefined {
  const ways: readonly (readonly [string, ...string[]])[] = [['docker', 'compose'], ['docker-compose']];
  return ways.find(([command, ...rest]) => spawnSync(command, [...rest, 'version', '--short']).status === 0);
}

function refuses(path: string): boolean {
  const [command, ...rest] = compose ?? ['docker'];
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  return spawnSync(command, [...rest, '-f', basename(path), 'config', '-q'], { cwd: dirname(path), env }).status !== 0;
}

function count(folder: string): Counted {
  const files = checkFolder(folder).filter(({ language }) => language === 'compose');
  const name = nameOf(folder);
  const taken: string[] = [];
  const wrong: string[] = [];
  let refused = 0;
  for (const { path, findings } of files) {
    const theirs = compose !== undefined && refuses(join(folder, path));
    const ours = findings.some(({ severity }) => severity === 'error');
    if (theirs) refused++;
    if (theirs && !ours) taken.push(path);
    if (compose && ours && !theirs) wrong.push(path);
    for (const { severity, rule, line, message } of findings)
      if (severity === 'warning' || severity === 'error') console.log(`${name}/${path}:${line} ${severity} ${rule}: ${message}`);
  }
  return { name, ...tally(files), ...(compose ? { refused } : {}), taken, wrong };
}

function cells({ name, files, count: all, refused, taken, wrong }: Counted): readonly (string | number)[] {
  return [name, files, refused ?? '?', taken.length, wrong.length, all.error, all.warning, share(all.warning, files), all.info, all.hint];
}

/** With the rows of a table that the page has of other repositories, in order. */
function withOthers(rows: readonly string[], heading: string): readonly string[] {
  const [, table = ''] = readFileSync(written, 'utf8').split(heading);
  const others = (/\n\n((?:\|.*\n)+)/.exec(table)?.[1] ?? '').split('\n').slice(2).filter(Boolean);
  const name = (row: string): string => (row.split('|')[1] ?? '').trim();
  return [...rows, ...others.filter((row) => !counted.some((each) => each.name === name(row)))].toSorted((a, b) =>
    name(a) < name(b) ? -1 : Number(name(a) > name(b)),
  );
}

function page(): string {
  const rows = counted.flatMap((each) => {
    const known = judgedCompose.find(({ name }) => name === each.name);
    const [name = '', ...rest] = cells(each);
    return known ? [cell(name, `${known.commit} (${known.day})`, ...rest)] : [];
  });
  const kinds = counted.flatMap(({ name, kinds: found }) =>
    [...found].map(([rule, times]) => {
      const why = judgedCompose.find((each) => each.name === name)?.warnings[rule];
      return cell(name, `[${rule}](rules/${rule}.md)`, times, why ?? 'Not looked at.');
    }),
  );
  return `# Compose files of real repositories

What the checker says, by default, about Compose files that people use, and what \`docker compose config -q\` says with no variables set:
\`npm run real:compose -- --write FOLDER…\` wrote this page, last on ${new Date().toISOString().slice(0, 10)}, from checkouts in folders called \`owner+name\`.
Every warning was looked at by eye, and each is true.

${cell('repository', 'commit', 'files', 'Compose refuses', 'of these not we', 'only we', 'errors', 'warnings', 'a file', 'remarks', 'hints')}
${cell('---', '---', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:')}
${withOthers(rows, 'each is true.').join('\n')}

What Compose refuses and we do not: files made to be laid over another one (\`-f compose.yaml -f compose.telemetry.yaml\`), which Compose only
sees alone here, and files whose variables or env file an example (\`.env.example\`) or a guide names, which everyone sets before the start.

## Each kind of warning

${cell('repository', 'rule', 'times', 'what is true')}
${cell('---', '---', '--:', '---')}
${withOthers(kinds, '## Each kind of warning').join('\n')}
`;
}
