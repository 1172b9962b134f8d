import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { cell, checkFolder, nameOf, parts, share, tally, type Tally } from './realFolder.ts';
import { judged, type Judged } from './realJudged.ts';

// `npm run real -- FOLDER…`: the checker on checkouts of real repositories, each in a folder `owner+name`. Well-kept files have no error, but
// where a build has stopped working since, and at most half a warning on average; every one is looked at by eye, and what was found is in
// realJudged.ts. Prints each one with its line, and ends with 1 when a repository has more than half a warning a file that is not judged true,
// or a kind of errors or warnings that nobody has looked at. `--write` puts the table into docs/real-repositories.md, before that of realWide.ts; `--all-severities` prints remarks and hints too.

interface Counted extends Tally {
  readonly judged?: Judged;
  readonly name: string;
}

const path = 'docs/real-repositories.md';
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const everything = process.argv.includes('--all-severities');
const byRule = new Map<string, number>();
const shown: string[] = [];
const counted = folders.map(count);

const complaints = counted.flatMap(({ judged: row, name, files, count: { warning }, kinds }) => {
  const unseen = row ? [...kinds.keys()].filter((rule) => !row.warnings[rule]) : [];
  const wrong = row ? [...kinds.keys()].filter((rule) => row.warnings[rule]?.true === false) : [];
  return [
    ...(!row && warning > files / 2 ? [`${name}: more than half a warning a file, none of them judged`] : []),
    ...(unseen.length ? [`${name}: nobody has looked at ${unseen.join(', ')}`] : []),
    ...(wrong.length ? [`${name}: false alarms of ${wrong.join(', ')}`] : []),
  ];
});

console.log(`${'repository'.padEnd(42)} files  error  warning   a file   info   hint`);
for (const { name, files, count: all } of counted) {
  const figures = [files, all.error, all.warning, share(all.warning, files), all.info, all.hint];
  console.log(`${name.padEnd(42)} ${figures.map((figure) => String(figure).padStart(6)).join(' ')}`);
}
console.log('');
for (const [rule, times] of [...byRule].sort((a, b) => b[1] - a[1])) console.log(`${String(times).padStart(6)}  ${rule}`);
console.log('');
for (const line of shown) console.log(line);
for (const complaint of complaints) console.error(complaint);
if (process.argv.includes('--write')) {
  const [, wide] = parts(readFileSync(path, 'utf8'));
  writeFileSync(path, await format(`${page()}\n${wide}`, { parser: 'markdown', printWidth: 140 }));
}
process.exit(complaints.length ? 1 : 0);

/** The findings of a folder; files that are wrong on purpose are a row of their own. */
function count(folder: string): Counted {
  const name = nameOf(folder);
  const row = judged.find((each) => each.name === name);
  const files = checkFolder(folder).filter(({ language, path }) => language === 'dockerfile' && !row?.apart?.paths.test(path));
  for (const { path, findings } of files)
    for (const { rule, severity, line, message } of findings) {
      byRule.set(`${severity} ${rule}`, (byRule.get(`${severity} ${rule}`) ?? 0) + 1);
      if (everything || severity === 'error' || severity === 'warning')
        shown.push(`${name}/${path}:${line} ${severity} ${rule}: ${message}`);
    }
  return { name, ...(row ? { judged: row } : {}), ...tally(files, ['error', 'warning']) };
}

function page(): string {
  const rows = counted.filter((each) => each.judged);
  const kinds = rows.flatMap(({ name, kinds: found, judged: row }) =>
    [...found]
      .sort((a, b) => b[1] - a[1])
      .map(([rule, times]) => {
        const verdict = row?.warnings[rule];
        return cell(name, `[${rule}](rules/${rule}.md)`, times, verdict?.true ? 'true' : 'false', verdict?.why ?? 'Not looked at.');
      }),
  );
  const apart = rows.flatMap(({ name, judged: row }) => (row?.apart ? [`${name} without ${row.apart.why}`] : []));
  return `# Real repositories

What the checker says, by default, about Dockerfiles that are well kept: \`npm run real -- --write FOLDER…\` wrote this page from checkouts
in folders called \`owner+name\`, on ${new Date().toISOString().slice(0, 10)} (what has ended by then counts). ${said(rows)}
What is style, or is true and harms nobody, is a remark or a hint.

${cell('repository', 'commit', 'Dockerfiles', 'errors', 'warnings', 'a file', 'remarks', 'hints')}
${cell('---', '---', '--:', '--:', '--:', '--:', '--:', '--:')}
${rows.map(({ name, judged: row, files, count: all }) => cell(name, `${row?.commit ?? ''} (${row?.day ?? ''})`, files, all.error, all.warning, share(all.warning, files), all.info, all.hint)).join('\n')}

Counted: ${apart.join('; ')}.

## Each kind of error and warning

${cell('repository', 'rule', 'times', 'verdict', 'why')}
${cell('---', '---', '--:', '---', '---')}
${kinds.join('\n')}
`;
}

/** What the errors come to, in words. */
function said(rows: readonly Counted[]): string {
  const errors = rows.reduce((sum, { count: { error } }) => sum + error, 0);
  return errors
    ? `${errors === 1 ? 'One finding is an error' : `${errors} findings are errors`}: builds that stop by now; they and every warning were looked at by eye.`
    : 'No finding is an error, and every warning was looked at by eye.';
}
