import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { cell, checkFolder, nameOf, parts, share, tally, wideHeading, type CheckedFile } from './realFolder.ts';
import { read, repositories } from './realWideJudged.ts';

// `npm run real:wide -- FOLDER…`: the checker on checkouts of very many real repositories, each in a folder `owner+name`, counted by rule.
// Ends with 1 when more than a few kinds of errors and warnings were never read, or there is more than a warning for every two files. `--write` puts the
// tables behind those of docs/real-repositories.md.

const known = new Map(repositories.map(([name, ...rest]) => [name, rest]));
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('-') && known.has(nameOf(argument)));
const checked = folders.map((folder) => ({ name: nameOf(folder), files: checkFolder(folder) }));
const files = checked.flatMap((each) => each.files);
const of = (...languages: readonly string[]): readonly CheckedFile[] => files.filter(({ language }) => languages.includes(language));
const kinds = [...tally(files, ['error', 'warning']).kinds].sort((a, b) => b[1] - a[1]);
const where = (rule: string): number =>
  checked.filter((each) =>
    each.files.some(({ findings }) => findings.some((one) => one.rule === rule && /error|warning/.test(one.severity))),
  ).length;

for (const [rule, times] of kinds) console.log(`${String(times).padStart(6)}  ${rule}${read[rule] ? '' : '  (nobody has read these)'}`);
const unread = kinds.filter(([rule, times]) => !read[rule] && times > 2);
const { count } = tally(files);
for (const [rule] of unread) console.error(`nobody has read ${rule}`);
if (process.argv.includes('--write')) {
  const path = 'docs/real-repositories.md';
  const [before] = parts(readFileSync(path, 'utf8'));
  writeFileSync(path, await format(before + page(), { parser: 'markdown', printWidth: 140 }));
}
process.exit(unread.length || count.warning * 2 > files.length ? 1 : 0);

function page(): string {
  const languages = [
    ['Dockerfiles', of('dockerfile')],
    ['Compose files', of('compose')],
    ['requirements, pyproject, environment files', of('requirements')],
  ] as const;
  const rows = languages.map(([name, some]) => {
    const all = tally(some).count;
    return cell(name, some.length, all.error, all.warning, share(all.warning, some.length), all.info, all.hint);
  });
  const times = new Map(kinds);
  const rules = Object.entries(read)
    .sort(([a], [b]) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
    .map(([rule, { read: all, meant, mended = 0, why }]) =>
      cell(`[${rule}](rules/${rule}.md)`, times.get(rule) ?? 0, where(rule), all, all - meant - mended, meant, mended, why),
    );

  const sum = { read: 0, meant: 0, mended: 0 };
  for (const row of Object.values(read)) {
    sum.read += row.read;
    sum.meant += row.meant;
    sum.mended += row.mended ?? 0;
  }
  return `${wideHeading}

${checked.length} more repositories: training, serving, platforms, images, courses and small projects of one person, not all of them well kept, and some long left.
Errors and warnings were read in their files, as many as the table says; kinds that speak once or twice may be left out, and some
stood in repositories that have left this list. Of ${sum.read} that were read ${sum.read - sum.meant - sum.mended} are true, ${sum.meant} are true
and some mean it so, and ${sum.mended} were wrong or said too loudly: the rules have been mended since, most with an example that is quiet now.

${cell('', 'files', 'errors', 'warnings', 'a file', 'remarks', 'hints')}
${cell('---', '--:', '--:', '--:', '--:', '--:', '--:')}
${rows.join('\n')}

${cell('rule', 'times', 'repositories', 'read', 'true', 'meant so', 'mended', 'why')}
${cell('---', '--:', '--:', '--:', '--:', '--:', '--:', '---')}
${rules.join('\n')}

The repositories: ${checked.map(({ name }) => `${name} (${(known.get(name) ?? []).join(', ')})`).join('; ')}.
`;
}
