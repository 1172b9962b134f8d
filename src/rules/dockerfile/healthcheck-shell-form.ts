import { dockerfileRule } from '../../lint/rule.ts';
import { jsonForm } from '../shared/jsonForm.ts';

export default dockerfileRule({
  id: 'healthcheck-shell-form',
  severity: 'hint',
  enabled: false,
  title: 'Check health without a shell',
  why: 'In the shell form every check starts a shell first, which distroless images do not have. The JSON form runs the program itself. Where the check needs `||` or a pipe, the shell form is right.',
  also: ['hadolint:DL3025'],
  looksAt: ['HEALTHCHECK'],
  examples: [
    {
      bad: 'FROM debian:12\nHEALTHCHECK CMD «curl -f http://localhost/»\n',
      good: 'FROM debian:12\nHEALTHCHECK CMD ["curl", "-f", "http://localhost/"]\n',
    },
    { good: 'FROM debian:12\nHEALTHCHECK NONE\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const { keyword, args, json, body } = outer.trigger ?? outer;
      const [type, command] = args;
      if (keyword === 'HEALTHCHECK' && type?.value.toUpperCase() === 'CMD' && command && !json)
        yield {
          span: { start: command.span.start, end: body.span.end },
          message: 'A shell is started for every check: the JSON form runs the program itself.',
          fixes: jsonForm({ start: command.span.start, end: body.span.end }, file.source.text.slice(command.span.start, body.span.end)),
        };
    }
  },
});
