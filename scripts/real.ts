import { spawnSync } from 'node:child_process';
import { basename, join, relative } from 'node:path';

// `npm run real -- FOLDER…`: the checker on checkouts of real repositories. Well-kept files have no error and, on average, at most half a
// warning: each one is printed with its line, to be looked at by eye. Ends with 1 when a folder is above that.

interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  readonly line: number;
}
interface Report {
  readonly files: readonly { readonly path: string; readonly language: string; readonly findings: readonly Finding[] }[];
}

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const everything = process.argv.includes('--all-severities');
const byRule = new Map<string, number>();
let high = 0;
console.log(`${'repository'.padEnd(42)} files  error  warning   a file   info   hint`);
const shown: string[] = [];
for (const folder of folders) {
  const cli = join('out', 'cli', 'main.js');
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'check', '--format=json', '--fail-on=never', folder], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (stderr) console.error(stderr);
  const files = (JSON.parse(stdout) as Report).files.filter(({ language }) => language === 'dockerfile');
  const count = (severity: Finding['severity']): number =>
    files.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0);
  const [errors, warnings] = [count('error'), count('warning')];
  const share = files.length ? warnings / files.length : 0;
  if (errors || share > 0.5) high++;
  const figures = [files.length, errors, warnings, share.toFixed(2), count('info'), count('hint')];
  console.log(`${basename(folder).padEnd(42)} ${figures.map((figure) => String(figure).padStart(6)).join(' ')}`);
  for (const { path, findings } of files)
    for (const { rule, severity, line, message } of findings) {
      byRule.set(`${severity} ${rule}`, (byRule.get(`${severity} ${rule}`) ?? 0) + 1);
      if (everything || severity === 'error' || severity === 'warning')
        shown.push(`${basename(folder)}/${relative(folder, path)}:${line} ${severity} ${rule}: ${message}`);
    }
}
console.log('');
for (const [rule, count] of [...byRule].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(6)}  ${rule}`);
console.log('');
for (const line of shown) console.log(line);
process.exit(high ? 1 : 0);
