import { requirementsRule } from '../../lint/rule.ts';
import { urlCredentials } from '../shared/pins/credentials.ts';

export default requirementsRule({
  id: 'pip-credentials-url',
  severity: 'error',
  title: 'Keep credentials out of package URLs',
  why: 'A token in an index or git URL is committed with the file and copied into the image with it. Put it in a `.netrc` and mount that as a build secret.',
  examples: [
    { bad: '--extra-index-url https://«ci:s3cr3t-t0ken»@pypi.example.org/simple\ntorch\n' },
    { bad: 'models @ git+https://«ghp_abcdefghij0123456789»@github.com/acme/models\n' },
    { good: '--index-url https://${PIP_USER}:${PIP_TOKEN}@pypi.example.org/simple\ntorch\n' },
    { good: 'models @ git+https://github.com/acme/models@v1\n' },
  ],
  *check({ source: { text } }) {
    for (const match of text.matchAll(/^[^#\n]+/gm)) yield* urlCredentials(match[0], (index) => match.index + index);
  },
});
