import { dockerfileRule } from '../../lint/rule.ts';
import { withoutArgument } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'expose-ssh',
  severity: 'info',
  title: 'Reach a container without ssh',
  why: 'An ssh server in a container is one more service to patch, with keys or passwords in the image. `docker exec`, VS Code’s attach and `kubectl exec` give a shell without it.',
  also: ['trivy:DS004', 'checkov:CKV_DOCKER_1'],
  looksAt: ['EXPOSE'],
  examples: [
    { bad: 'FROM debian:12\nEXPOSE 8080 «22»\n', good: 'FROM debian:12\nEXPOSE 8080\n' },
    { bad: 'FROM debian:12\nEXPOSE «22/tcp»\n', good: 'FROM debian:12\n' },
    { good: 'FROM debian:12\nEXPOSE 8080 2222\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const instruction = outer.trigger ?? outer;
      const { keyword, args } = instruction;
      if (keyword !== 'EXPOSE') continue;
      for (const { value, span } of args)
        if (/^22(?:\/tcp)?$/i.test(value)) {
          const edit = withoutArgument(file, instruction, { span });
          yield {
            span,
            message: 'Port 22 is for ssh: docker exec gives a shell without a server in the container.',
            fixes: edit ? [{ title: 'Do not expose port 22', safe: false, edits: [edit] }] : [],
          };
        }
    }
  },
});
