/** A real repository, and what became of looking at its warnings by eye. */
export interface Judged {
  readonly name: string;
  /** The commit that was looked at, and its day. */
  readonly commit: string;
  readonly day: string;
  /** Files that are wrong on purpose: counted apart. */
  readonly apart?: { readonly paths: RegExp; readonly why: string };
  /** By rule: whether its warnings are true there, and why. */
  readonly warnings: Readonly<Record<string, { readonly true: boolean; readonly why: string }>>;
}

const yes = (why: string) => ({ true: true, why }) as const;

const ended = yes('The release has ended, by its publisher’s calendar.');
const blank = yes('BuildKit warns of the same line.');
const gone = yes('A RUN that only exports a variable.');
const unversioned = yes('A public image, with no version anywhere.');

export const judged: readonly Judged[] = [
  { name: 'docker-library/python', commit: '4f070595', day: '2026-06-23', warnings: {} },
  { name: 'docker-library/postgres', commit: '6edb0a8c', day: '2026-02-26', warnings: {} },
  {
    name: 'nodejs/docker-node',
    commit: 'f27d936f',
    day: '2026-08-19',
    warnings: { 'distro-eol': yes('Six images on Debian 11, whose long-term support ended eleven days after this commit.') },
  },
  {
    name: 'jupyter/docker-stacks',
    commit: '82093869',
    day: '2026-08-08',
    warnings: { 'jupyter-dockerhub': yes('A recipe on an image that gets no updates; its comment says that it is old.') },
  },
  {
    name: 'triton-inference-server/server',
    commit: 'e1db8a60',
    day: '2026-08-19',
    warnings: {
      'empty-continuation-line': yes('A backslash too many at the end of a RUN, before a blank line.'),
      'instruction-in-run': yes('That backslash makes the next RUN an argument of rm.'),
      'tls-verification-off': yes('Maven is downloaded with «curl -k» and run.'),
      'latest-tag': unversioned,
    },
  },
  {
    name: 'kserve/kserve',
    commit: 'aaac4e29',
    day: '2026-08-21',
    warnings: {
      'python-eol': ended,
      'distro-eol': ended,
      'latest-tag': unversioned,
      'run-without-effect': gone,
      'no-workdir': yes('Whole folders are copied into «/».'),
      'cache-mount-defeated': yes('A cache mount for uv, and «uv sync --no-cache» in it.'),
    },
  },
  {
    name: 'huggingface/text-generation-inference',
    commit: 'db931fcf',
    day: '2026-01-08',
    warnings: {
      'pip-cache-kept': yes('torch or triton from pip, and nothing that keeps the wheels out of the layer.'),
      'latest-tag': unversioned,
    },
  },
  {
    name: 'moby/buildkit',
    commit: '73ed6825',
    day: '2026-08-21',
    apart: { paths: /\/parser\/testfile/, why: 'fixtures of its parser, many of which no build accepts' },
    warnings: {
      'latest-tag': unversioned,
      'distro-eol': ended,
    },
  },
  {
    name: 'infiniflow/ragflow',
    commit: 'b1b8cd62',
    day: '2026-08-22',
    warnings: {
      'empty-continuation-line': blank,
      'copy-all-before-install': yes('«COPY . .», then the requirements.'),
    },
  },
  { name: 'langfuse/langfuse', commit: '62751446', day: '2026-08-22', warnings: {} },
  {
    name: 'opea-project/GenAIExamples',
    commit: '15b0d468',
    day: '2026-03-12',
    warnings: {
      'opencv-libgl': yes('opencv-python in a slim image: «import cv2» fails there.'),
      'python-eol': ended,
      'latest-tag': yes('An image of their own, with «latest» written out.'),
      'apt-update-separate': yes('Lists are fetched and nothing is installed from them.'),
    },
  },
  {
    name: 'docker/awesome-compose',
    commit: '18f59bdb',
    day: '2024-05-18',
    warnings: {
      'apt-archived': yes('apt-get in images on Debian 10, whose packages have left the usual servers.'),
      'python-eol': ended,
      'distro-eol': ended,
      'run-without-effect': gone,
      'copy-all-before-install': yes('«COPY . .», then the requirements.'),
    },
  },
];
