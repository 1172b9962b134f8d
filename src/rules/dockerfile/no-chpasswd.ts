import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'no-chpasswd',
  severity: 'info',
  title: 'Set no password in an image',
  why: 'A password that a RUN sets is the same in every container of the image, and whoever has the image reads it: in `docker history` where it stands in the command, and as a hash in `/etc/shadow`. Log in with `docker exec`, or with keys that are mounted at start; an account for a service needs no password.',
  also: ['checkov:CKV2_DOCKER_17'],
  looksAt: ['RUN chpasswd'],
  examples: [
    { bad: "FROM ubuntu:24.04\nRUN apt-get install -y openssh-server && echo 'root:root' | «chpasswd»\n" },
    { bad: 'FROM ubuntu:24.04\nRUN «chpasswd» < users.txt\n' },
    { good: 'FROM ubuntu:24.04\nRUN useradd -m app && usermod -L app\nCOPY id.pub /home/app/.ssh/authorized_keys\n' },
  ],
  *check(file) {
    for (const { head } of callsOf(file, 'chpasswd'))
      yield {
        span: head.span,
        message:
          'The password set here is in the image, the same for every container: leave the account without one, or mount keys at start.',
      };
  },
});
