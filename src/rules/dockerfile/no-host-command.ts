import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { withoutCommand } from '../shared/edits.ts';

const pointless = ['ssh', 'vim', 'shutdown', 'service', 'ps', 'free', 'top', 'kill', 'mount', 'ifconfig'];

export default dockerfileRule({
  id: 'no-host-command',
  severity: 'info',
  title: 'Leave out commands that do nothing in a build',
  why: 'No service manager, no other process, no terminal and no network device of its own is there during a build: `service`, `mount`, `top`, `ssh` and the like do nothing that lasts. A service started in a RUN is gone when the RUN ends.',
  also: ['hadolint:DL3001'],
  looksAt: pointless.map((program) => `RUN ${program}`),
  examples: [
    { bad: 'FROM debian:12\nRUN «service» ssh start\n', good: 'FROM debian:12\n' },
    { bad: 'FROM debian:12\nRUN apt-get update && «free» -h\n', good: 'FROM debian:12\nRUN apt-get update\n' },
    { title: 'installing one is fine', good: 'FROM debian:12\nRUN apt-get install -y vim procps\n' },
  ],
  *check(file) {
    for (const call of callsOf(file, ...pointless)) {
      const { head, program } = call;
      const edit = withoutCommand(file, call);
      yield {
        span: head.span,
        message:
          program === 'service'
            ? 'A service started here ends with this RUN. Start it in CMD or ENTRYPOINT, or in a container of its own.'
            : `«${program}» has no lasting effect in a build: there is no machine behind it, only files.`,
        fixes: edit ? [{ title: `Leave ${program} out`, safe: false, edits: [edit] }] : [],
      };
    }
  },
});
