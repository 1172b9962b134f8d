import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'workdir-absolute',
  severity: 'hint',
  enabled: false,
  title: 'Give WORKDIR the whole path',
  why: 'A relative WORKDIR starts at the one before it, so what it means depends on lines far above. `workdir-relative` reports only those that no absolute one comes before.',
  also: ['hadolint:DL3000', 'trivy:DS009', 'checkov:CKV_DOCKER_10'],
  examples: [
    { bad: 'FROM debian:12\nWORKDIR /srv\nWORKDIR «app»\n', good: 'FROM debian:12\nWORKDIR /srv/app\n' },
    { good: 'FROM debian:12\nWORKDIR "/srv"\nWORKDIR ${HOME}/x\nWORKDIR "C:\\\\"\nWORKDIR d:/x\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const { keyword, args } = outer.trigger ?? outer;
      const [path] = args;
      if (keyword !== 'WORKDIR' || !path || /^["']?(?:\/|\\|\$|[A-Za-z]:)/.test(path.text)) continue;
      yield { span: path.span, message: `«${path.value}» starts at the WORKDIR before it: write the whole path.` };
    }
  },
});
