// How each instruction and flag is written when it is offered: tab stops as `${1:…}`.

/** By keyword; some are written in several ways. */
export const instructionShapes: readonly { readonly keyword: string; readonly snippets: readonly string[]; readonly deprecated?: true }[] =
  [
    { keyword: 'ADD', snippets: ['ADD ${1:source} ${2:dest}'] },
    { keyword: 'ARG', snippets: ['ARG ${1:name}', 'ARG ${1:name}=${2:defaultValue}'] },
    { keyword: 'CMD', snippets: ['CMD [ "${1:executable}" ]'] },
    { keyword: 'COPY', snippets: ['COPY ${1:source} ${2:dest}'] },
    { keyword: 'ENTRYPOINT', snippets: ['ENTRYPOINT [ "${1:executable}" ]'] },
    { keyword: 'ENV', snippets: ['ENV ${1:key}=${2:value}'] },
    { keyword: 'EXPOSE', snippets: ['EXPOSE ${1:port}'] },
    { keyword: 'FROM', snippets: ['FROM ${1:baseImage}'] },
    {
      keyword: 'HEALTHCHECK',
      snippets: [
        'HEALTHCHECK --interval=${1:30s} --timeout=${2:30s} --start-period=${3:5s} --retries=${4:3} CMD [ "${5:executable}" ]',
        'HEALTHCHECK NONE',
      ],
    },
    { keyword: 'LABEL', snippets: ['LABEL ${1:key}="${2:value}"'] },
    { keyword: 'MAINTAINER', snippets: ['MAINTAINER ${1:name}'], deprecated: true },
    { keyword: 'ONBUILD', snippets: ['ONBUILD ${1:INSTRUCTION}'] },
    { keyword: 'RUN', snippets: ['RUN ${1:command}'] },
    { keyword: 'SHELL', snippets: ['SHELL [ "${1:executable}" ]'] },
    { keyword: 'STOPSIGNAL', snippets: ['STOPSIGNAL ${1:signal}'] },
    { keyword: 'USER', snippets: ['USER ${1:daemon}'] },
    { keyword: 'VOLUME', snippets: ['VOLUME [ "${1:/data}" ]'] },
    { keyword: 'WORKDIR', snippets: ['WORKDIR ${1:/the/workdir/path}'] },
  ];

/** What stands after `--name=` until something better is typed. */
export const flagPlaceholders: Readonly<Record<string, string>> = {
  chown: 'user:group',
  chmod: '755',
  from: 'stage',
  checksum: 'sha256:digest',
  exclude: 'pattern',
  platform: 'arm64',
  interval: '30s',
  timeout: '30s',
  'start-period': '5s',
  'start-interval': '5s',
  retries: '3',
  mount: 'type=cache,target=/root/.cache',
  network: 'none',
  security: 'insecure',
  device: 'nvidia.com/gpu=all',
};

/** Values worth offering for a flag that takes others too. */
export const flagValues: Readonly<Record<string, readonly string[]>> = {
  platform: ['linux/amd64', 'linux/arm64', '$BUILDPLATFORM', '$TARGETPLATFORM'],
  chmod: ['644', '755', 'u=rwX,go=rX'],
  interval: ['10s', '30s', '1m'],
  timeout: ['5s', '30s'],
  'start-period': ['5s', '60s', '5m'],
  'start-interval': ['1s', '5s'],
  retries: ['3', '5'],
};

/** Whole mounts by what they are for. */
export const mounts: readonly { readonly text: string; readonly summary: string }[] = [
  { text: 'type=cache,target=/root/.cache/pip', summary: 'pip’s downloads, kept between builds' },
  { text: 'type=cache,target=/root/.cache/uv', summary: 'uv’s downloads, kept between builds' },
  { text: 'type=cache,target=/root/.cache/huggingface', summary: 'models of Hugging Face, kept between builds' },
  { text: 'type=cache,target=/var/cache/apt,sharing=locked', summary: 'apt’s packages, kept between builds' },
  { text: 'type=cache,target=/opt/conda/pkgs', summary: 'conda’s packages, kept between builds' },
  { text: 'type=bind,source=requirements.txt,target=/tmp/requirements.txt', summary: 'a file of the build context, without a COPY' },
  { text: 'type=secret,id=hf_token,env=HF_TOKEN', summary: 'a token that stays out of the image' },
  { text: 'type=ssh', summary: 'the SSH agent, for private repositories' },
  { text: 'type=tmpfs,target=/tmp', summary: 'memory instead of a layer' },
];

/** Where programs keep what a cache mount should keep. */
export const cacheFolders: readonly string[] = [
  ...new Set(mounts.flatMap(({ text }) => /type=cache,target=([^,]+)/.exec(text)?.[1] ?? [])),
];

/** The fields of a mount by type, those that have a value with `=`. */
export const mountFields: Readonly<Record<string, readonly string[]>> = {
  bind: ['target=', 'source=', 'from=', 'rw'],
  cache: ['target=', 'id=', 'sharing=', 'from=', 'source=', 'mode=', 'uid=', 'gid=', 'ro'],
  tmpfs: ['target=', 'size='],
  secret: ['id=', 'env=', 'target=', 'required', 'mode=', 'uid=', 'gid='],
  ssh: ['id=', 'target=', 'required', 'mode=', 'uid=', 'gid='],
};

export const signals: readonly string[] = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'];

/** ARGs that need no declaration and that people pass. */
export const proxyArgs: readonly string[] = ['ALL_PROXY', 'FTP_PROXY', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/** A snippet as plain text. */
export const plain = (snippet: string): string => snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '');
