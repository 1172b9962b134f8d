import { readOptions } from '../../dockerfile/packages/options.ts';
import { given } from '../../dockerfile/packages/system.ts';
import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'useradd-no-log-init',
  severity: 'warning',
  title: 'Add a user with a high number without login records',
  why: '`useradd` writes login records at a place that the user number gives: with a number in the millions the sparse files `/var/log/lastlog` and `faillog` span gigabytes, and packing the layer writes them all out. `--no-log-init` leaves them alone.',
  also: ['hadolint:DL3046'],
  looksAt: ['RUN useradd'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «useradd» -m -u 1000620000 app\n',
      good: 'FROM debian:12\nRUN useradd --no-log-init -m -u 1000620000 app\n',
    },
    { good: 'FROM debian:12\nRUN useradd -m -u 10001 app && useradd -lu 123456 b && useradd c\n' },
  ],
  *check(file) {
    for (const { head, args, instruction } of callsOf(file, 'useradd')) {
      const { options } = readOptions(args, valued);
      const uid = options.find(({ name }) => name === '-u' || name === '--uid' || /^-[a-zA-Z]+u$/.test(name));
      const after = uid && args[args.indexOf(uid.word) + 1];
      const number = uid?.value ?? after?.value ?? '';
      if (!/^\d{6,}$/.test(number) || given(options, 'l', '--no-log-init')) continue;
      yield {
        span: head.span,
        message: `User number ${number} makes useradd write huge login records into the layer: add --no-log-init.`,
        fixes: instruction.json
          ? []
          : [
              {
                title: 'Add --no-log-init',
                safe: true,
                edits: [{ span: { start: head.span.end, end: head.span.end }, text: ' --no-log-init' }],
              },
            ],
      };
    }
  },
});

const valued = new Set([
  '-u',
  '--uid',
  '-g',
  '--gid',
  '-G',
  '--groups',
  '-d',
  '--home-dir',
  '--home',
  '-s',
  '--shell',
  '-c',
  '--comment',
  '-p',
  '--password',
  '-e',
  '-f',
  '-k',
  '-K',
  '-b',
  '-R',
]);
