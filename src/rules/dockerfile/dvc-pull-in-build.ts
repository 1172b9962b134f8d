import { mountsOf } from '../../dockerfile/mounts.ts';
import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'dvc-pull-in-build',
  severity: 'warning',
  title: 'Pull data when the container runs, or with a secret',
  why: 'A `dvc pull` in a RUN needs the credentials of the remote: copied into the image, everybody who gets the image has them. The data then lies in a layer that knows nothing of the data’s version: it is pulled again when a line above changes, and never because the data did. Pull at start, or give the credentials with `--mount=type=secret`.',
  looksAt: ['RUN dvc'],
  examples: [
    { bad: 'FROM python:3.12-slim\nCOPY .dvc/config .dvc/config\nRUN pip install dvc[s3] && «dvc pull»\n' },
    { bad: 'FROM python:3.12-slim\nRUN «python -m dvc pull models/clf.pkl.dvc»\n' },
    {
      title: 'with a secret, or at start',
      good: 'FROM python:3.12-slim\nRUN --mount=type=secret,id=aws,target=/root/.aws/credentials dvc pull\nCMD ["sh", "-c", "dvc pull && exec python train.py"]\n',
    },
  ],
  *check(file) {
    const calls = callsOf(file, 'dvc', 'python', 'python3', 'uv', 'poetry');
    for (const { program, args, instruction, command } of calls) {
      const words = args.map(({ value }) => value);
      const at =
        program === 'dvc' ? 0 : words.findIndex((value, index) => value === 'dvc' && /^(?:-m|run)$/.test(words[index - 1] ?? '')) + 1;
      if ((program !== 'dvc' && at === 0) || !/^(?:pull|fetch)$/.test(words[at] ?? '')) continue;
      if (mountsOf(instruction).some(({ type }) => type === 'secret')) continue;
      yield {
        span: command.span,
        message: `The data that «dvc ${words[at] ?? ''}» fetches stays in the image, in a layer that does not notice when the data changes, and the credentials must be in the build. Pull at start, or use --mount=type=secret.`,
      };
    }
  },
});
