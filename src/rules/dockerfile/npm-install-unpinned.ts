import { readOptions } from '../../dockerfile/packages/options.ts';
import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { knownText } from '../shared/knownText.ts';

export default dockerfileRule({
  id: 'npm-install-unpinned',
  severity: 'hint',
  enabled: false,
  title: 'Name the version of npm packages',
  why: 'Without a version, npm installs whatever is newest on the day of the build. Write `name@version`, or install from `package-lock.json` with `npm ci`.',
  also: ['hadolint:DL3016'],
  reach: 'file',
  looksAt: ['RUN npm'],
  examples: [
    {
      bad: 'FROM node:22\nRUN npm install -g «typescript» express@4.21.1\n',
      good: 'FROM node:22\nRUN npm install -g typescript@5.6.3 express@4.21.1\n',
    },
    { bad: 'FROM node:22\nRUN npm i «@org/tool» --registry https://npm.example.org\n' },
    {
      title: 'folders, archives, repositories at a revision',
      good: 'FROM node:22\nRUN npm install ./lib ../b a.tgz git+https://example.org/a.git#v1\n',
    },
    { title: 'from package.json', good: 'FROM node:22\nRUN npm install && npm install --omit=dev\n' },
  ],
  *check(file) {
    for (const run of callsOf(file, 'npm')) {
      const { operands } = readOptions(run.args, valued);
      const [verb, ...packages] = operands;
      if (!/^(?:install|i|add|in|ins)$/.test(verb?.value ?? '')) continue;
      for (const word of packages) {
        const known = knownText(file, run, word);
        if (known === undefined || known === '' || pinned(known)) continue;
        yield {
          span: word.span,
          message: `«${word.value}» has no version, so the next build may install another one. Write ${word.value}@version.`,
        };
      }
    }
  },
});

const valued = new Set([
  '--loglevel',
  '--registry',
  '--prefix',
  '--cache',
  '-C',
  '-w',
  '--workspace',
  '--tag',
  '--userconfig',
  '--globalconfig',
  '--omit',
  '--include',
  '--location',
  '--fetch-retries',
  '--fetch-timeout',
]);

function pinned(name: string): boolean {
  if (/^(?:git(?:\+\w+)?:|github:|gitlab:|bitbucket:)|\.git(?:#|$)/.test(name)) return name.includes('#');
  if (/^(?:\.{0,2}|~)\/|^\.{1,2}$|\.(?:tgz|tar|tar\.gz)$|^https?:/.test(name)) return true;
  return name.indexOf('@', 1) > 0;
}
