import { readOptions } from '../../dockerfile/packages/options.ts';
import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { knownText } from '../shared/knownText.ts';

export default dockerfileRule({
  id: 'gem-install-unpinned',
  severity: 'hint',
  enabled: false,
  title: 'Name the version of gems',
  why: 'Without a version, gem installs whatever is newest on the day of the build. Write `name:version`.',
  also: ['hadolint:DL3028'],
  reach: 'file',
  looksAt: ['RUN gem'],
  examples: [
    { bad: 'FROM ruby:3.3\nRUN gem install bundler:2.5.0 «rake»\n', good: 'FROM ruby:3.3\nRUN gem install bundler:2.5.0 rake:13.2.1\n' },
    { good: "FROM ruby:3.3\nRUN gem install bundler -v '2.5.0' && gem install nokogiri:1.16.7 -- --use-system-libraries true\n" },
    { bad: 'FROM ruby:3.3\nRUN gem install nokogiri:1.16.7 --use-system-libraries true && gem install --no-document «rake»\n' },
  ],
  *check(file) {
    for (const run of callsOf(file, 'gem')) {
      const end = run.args.findIndex(({ value }) => value === '--');
      const words = end < 0 ? run.args : run.args.slice(0, end);
      // An option that gem itself does not have is one of a build, with its value.
      const foreign = words.flatMap(({ value }) => (/^--[^=]+$/.test(value) && !switches.test(value) ? value : []));
      const { options, operands } = readOptions(words, new Set([...valued, ...foreign]));
      const [verb, ...gems] = operands;
      if (!/^i(?:nstall)?$/.test(verb?.value ?? '') || options.some(({ name }) => name === '-v' || name === '--version')) continue;
      for (const word of gems) {
        const known = knownText(file, run, word);
        if (!known || known.includes(':') || known.endsWith('.gem')) continue;
        yield {
          span: word.span,
          message: `«${word.value}» has no version, so the next build may install another one. Write ${word.value}:version.`,
        };
      }
    }
  },
});

const switches =
  /^--(?:no-)?(?:document|rdoc|ri|force|user-install|conservative|minimal-deps|prerelease|pre|local|remote|both|quiet|verbose|silent|wrappers|env-shebang|development|development-all|explain|lock|suggestions|post-install-message|vendor|default|ignore-dependencies|update-sources|clear-sources|format-executable|debug|backtrace|norc)$/;
const valued = new Set([
  '-v',
  '--version',
  '-i',
  '--install-dir',
  '-n',
  '--bindir',
  '-s',
  '--source',
  '--platform',
  '-P',
  '--trust-policy',
]);
