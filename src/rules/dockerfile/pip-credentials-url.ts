import { dockerfileRule } from '../../lint/rule.ts';
import { urlCredentials } from '../shared/pins/credentials.ts';

export default dockerfileRule({
  id: 'pip-credentials-url',
  severity: 'error',
  title: 'Keep credentials out of package URLs',
  why: 'A token in an index or git URL is part of the layer’s history: everyone who can pull the image can read it. Mount a `.netrc` as a build secret (`RUN --mount=type=secret,id=netrc,target=/root/.netrc …`).',
  looksAt: ['RUN ://', 'ENV ://', 'ARG ://'],
  examples: [
    { bad: 'FROM python:3.12\nRUN pip install git+https://«user:ghp_abcdefghij0123»@github.com/acme/models\n' },
    { bad: 'FROM python:3.12\nENV PIP_EXTRA_INDEX_URL=https://«ci:s3cr3tvalue»@pypi.example.org/simple\n' },
    {
      title: 'a stand-in, and a database on this machine',
      good: 'FROM python:3.12\nENV DATABASE_URL=postgresql://app:pass@db:5432/dummy CACHE_URL=redis://app:s3cr3t@localhost:6379/0\nENV BUILD_URL=postgresql://shop:shop@db:5432/shop\n',
    },
    { good: 'FROM python:3.12\nARG TOKEN\nRUN pip install git+https://oauth:${TOKEN}@github.com/acme/models\n' },
  ],
  *check(file) {
    for (const { keyword, body } of file.instructions)
      if (keyword === 'RUN' || keyword === 'ENV' || keyword === 'ARG') yield* urlCredentials(body.text, body.offsetAt);
  },
});
