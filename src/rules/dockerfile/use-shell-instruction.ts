import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { isWholeRun } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'use-shell-instruction',
  severity: 'info',
  title: 'Choose the shell with SHELL',
  why: 'Replacing `/bin/sh` changes the shell of every script of the distribution, package scripts included, which are written for the one it shipped. `SHELL ["/bin/bash", "-c"]` changes it for the instructions that follow only.',
  also: ['hadolint:DL4005'],
  looksAt: ['RUN ln'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «ln -sf /bin/bash /bin/sh»\nRUN source env.sh\n',
      good: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN source env.sh\n',
    },
    { good: 'FROM debian:12\nRUN ln -sf /bin/true /sbin/initctl && run /bin/sh\n' },
  ],
  *check(file) {
    for (const call of callsOf(file, 'ln')) {
      const { args, command, instruction } = call;
      if (args.length < 2 || args.at(-1)?.value !== '/bin/sh') continue;
      const shell = /^(?:\/usr)?(?:\/bin\/)?(bash|zsh)$/.exec(args.at(-2)?.value ?? '')?.[1];
      yield {
        span: command.span,
        message: 'This gives every script of the distribution another shell. SHELL changes it for the instructions below only.',
        fixes:
          shell !== undefined && isWholeRun(file, call) && !instruction.flags.length
            ? [{ title: 'Use SHELL', safe: false, edits: [{ span: instruction.span, text: `SHELL ["/bin/${shell}", "-c"]` }] }]
            : [],
      };
    }
  },
});
