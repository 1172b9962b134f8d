import { readOptions } from '../../dockerfile/packages/options.ts';
import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { knownText } from '../shared/knownText.ts';

export default dockerfileRule({
  id: 'go-install-unpinned',
  severity: 'hint',
  enabled: false,
  title: 'Name the version of Go tools',
  why: '`go install` without a version, or with `@latest`, builds whatever is newest on the day of the build. Write `path@v1.2.3`.',
  also: ['hadolint:DL3062'],
  reach: 'file',
  looksAt: ['RUN go'],
  examples: [
    {
      bad: 'FROM golang:1.23\nRUN go install «example.com/tool@latest»\n',
      good: 'FROM golang:1.23\nRUN go install example.com/tool@v1.2.3\n',
    },
    { bad: 'FROM golang:1.23\nRUN go get -tool «example.com/tool»\n' },
    {
      title: 'code in the image',
      good: 'FROM golang:1.23\nRUN go install ./cmd/app && go run . && go run main.go && go install -ldflags "-s -w" ./...\n',
    },
  ],
  *check(file) {
    for (const run of callsOf(file, 'go')) {
      const { operands } = readOptions(run.args, valued);
      const [verb, ...targets] = operands;
      if (!/^(?:install|get|run)$/.test(verb?.value ?? '')) continue;
      for (const word of verb?.value === 'run' ? targets.slice(0, 1) : targets) {
        // `tool@$VERSION` has a version, whatever sets it.
        const known = word.value.includes('@$') ? undefined : knownText(file, run, word);
        if (!known || /^[./~]|\.go$/.test(known) || (/@./.test(known) && !/@(?:latest|upgrade|none|master|main)$/.test(known))) continue;
        yield {
          span: word.span,
          message: `«${word.value}» is whatever version is newest on the day of the build. Write ${word.value.replace(/@.*/, '')}@v1.2.3.`,
        };
      }
    }
  },
});

const valued = new Set([
  '-o',
  '-C',
  '-p',
  '-tags',
  '-ldflags',
  '-gcflags',
  '-asmflags',
  '-mod',
  '-modfile',
  '-pkgdir',
  '-buildmode',
  '-exec',
  '-toolexec',
  '-overlay',
]);
