// The instructions of the current stable Dockerfile frontend and of `labs`, as rows: parsing, checks, completion and hover all read them.
// Source: the Dockerfile reference of BuildKit 0.29 (checked 2026-11).

/** How a flag is written: `--link`, `--from=stage`, or several times. */
export type FlagKind = 'boolean' | 'string' | 'list';

export interface FlagSpec {
  readonly name: string;
  readonly kind: FlagKind;
  readonly summary: string;
  /** The only values there are, when they are few. */
  readonly values?: readonly string[];
  /** Only in `# syntax=docker/dockerfile:1-labs`. */
  readonly labs?: boolean;
}

export interface InstructionSpec {
  readonly keyword: string;
  /** How it is written. */
  readonly forms: readonly string[];
  /** What it does, in one or two sentences of Markdown. */
  readonly summary: string;
  readonly flags: readonly FlagSpec[];
}

const chown: FlagSpec = { name: 'chown', kind: 'string', summary: 'Owner of what is copied: `user`, `user:group` or ids.' };
const chmod: FlagSpec = {
  name: 'chmod',
  kind: 'string',
  summary: 'Permissions of what is copied: octal (`755`) or symbolic (`u=rwX,go=rX`).',
};
const link: FlagSpec = {
  name: 'link',
  kind: 'boolean',
  summary: 'Put the files in a layer of their own, which stays in the cache when the layers below change.',
};
const exclude: FlagSpec = { name: 'exclude', kind: 'list', summary: 'Leave out paths that match the pattern.' };

export const instructions: readonly InstructionSpec[] = [
  {
    keyword: 'ADD',
    forms: ['ADD [flags] <source>… <destination>', 'ADD [flags] ["<source>", … "<destination>"]'],
    summary:
      'Copies files, unpacks local archives, downloads URLs and Git repositories into the image. For plain files, `COPY` says it better.',
    flags: [
      { name: 'keep-git-dir', kind: 'boolean', summary: 'Keep the `.git` folder of a Git source.' },
      { name: 'checksum', kind: 'string', summary: 'The digest that a downloaded file must have, e.g. `sha256:…`.' },
      chown,
      chmod,
      link,
      {
        name: 'unpack',
        kind: 'boolean',
        summary: 'Whether to unpack an archive; the default unpacks local ones and leaves downloaded ones.',
      },
      exclude,
    ],
  },
  {
    keyword: 'ARG',
    forms: ['ARG <name>[=<default>]…'],
    summary:
      'A variable of the build, set with `--build-arg`. Before the first `FROM` it holds for `FROM` lines only; a stage that wants it repeats `ARG <name>`.',
    flags: [],
  },
  {
    keyword: 'CMD',
    forms: ['CMD ["executable", "argument"]', 'CMD command argument'],
    summary:
      'What a container runs by default, or the default arguments of `ENTRYPOINT`. The JSON form runs without a shell, so that signals reach the program.',
    flags: [],
  },
  {
    keyword: 'COPY',
    forms: ['COPY [flags] <source>… <destination>', 'COPY [flags] ["<source>", … "<destination>"]'],
    summary: 'Copies files from the build context, from another stage or from an image.',
    flags: [
      { name: 'from', kind: 'string', summary: 'A build stage, a named build context or an image to copy from.' },
      chown,
      chmod,
      link,
      { name: 'parents', kind: 'boolean', summary: 'Keep the parent folders of each source.' },
      exclude,
    ],
  },
  {
    keyword: 'ENTRYPOINT',
    forms: ['ENTRYPOINT ["executable", "argument"]', 'ENTRYPOINT command argument'],
    summary:
      'The program a container is. `CMD` and the arguments of `docker run` follow it. In shell form they are ignored, and the program does not get signals.',
    flags: [],
  },
  {
    keyword: 'ENV',
    forms: ['ENV <name>=<value>…'],
    summary: 'Environment variables for the rest of the build and for every container of the image. Anyone with the image can read them.',
    flags: [],
  },
  {
    keyword: 'EXPOSE',
    forms: ['EXPOSE <port>[/<protocol>]…'],
    summary: 'Says which ports the service listens on. It publishes nothing: `-p` or `ports:` does.',
    flags: [],
  },
  {
    keyword: 'FROM',
    forms: ['FROM [--platform=<platform>] <image>[:<tag>|@<digest>] [AS <name>]'],
    summary: 'Starts a build stage from an image, an earlier stage, or nothing (`scratch`).',
    flags: [{ name: 'platform', kind: 'string', summary: 'The platform of the image, e.g. `linux/arm64` or `$BUILDPLATFORM`.' }],
  },
  {
    keyword: 'HEALTHCHECK',
    forms: ['HEALTHCHECK [flags] CMD <command>', 'HEALTHCHECK NONE'],
    summary:
      'How the engine finds out whether the service works: the command ends with 0 when it does. `NONE` switches off what the base image says.',
    flags: [
      { name: 'interval', kind: 'string', summary: 'Time between two checks; 30s by default.' },
      { name: 'timeout', kind: 'string', summary: 'After this time a check has failed; 30s by default.' },
      {
        name: 'start-period',
        kind: 'string',
        summary: 'Time in which a failure does not count, e.g. while a model is loaded; 0s by default.',
      },
      { name: 'start-interval', kind: 'string', summary: 'Time between two checks during the start period; 5s by default.' },
      { name: 'retries', kind: 'string', summary: 'So many failures in a row make the container unhealthy; 3 by default.' },
    ],
  },
  {
    keyword: 'LABEL',
    forms: ['LABEL <name>=<value>…'],
    summary: 'Metadata of the image, e.g. `org.opencontainers.image.source`.',
    flags: [],
  },
  {
    keyword: 'MAINTAINER',
    forms: ['MAINTAINER <name>'],
    summary: 'Deprecated: use `LABEL org.opencontainers.image.authors=…`.',
    flags: [],
  },
  {
    keyword: 'ONBUILD',
    forms: ['ONBUILD <instruction>'],
    summary: 'An instruction that runs when another Dockerfile builds `FROM` this image.',
    flags: [],
  },
  {
    keyword: 'RUN',
    forms: ['RUN [flags] <command>', 'RUN [flags] ["executable", "argument"]', 'RUN [flags] <<EOF'],
    summary: 'Runs a command in the stage and keeps what it changed as a layer.',
    flags: [
      { name: 'mount', kind: 'list', summary: 'Something mounted while the command runs: `type=bind|cache|tmpfs|secret|ssh,…`.' },
      { name: 'network', kind: 'string', summary: 'The network while the command runs.', values: ['default', 'none', 'host'] },
      {
        name: 'security',
        kind: 'string',
        summary: '`insecure` runs the command privileged; the builder has to allow it.',
        values: ['sandbox', 'insecure'],
      },
      { name: 'device', kind: 'list', summary: 'A CDI device for the command, e.g. `nvidia.com/gpu=all`.', labs: true },
    ],
  },
  {
    keyword: 'SHELL',
    forms: ['SHELL ["executable", "argument"]'],
    summary:
      'The shell that runs the shell form of the instructions that follow. `["/bin/bash", "-o", "pipefail", "-c"]` makes a failure anywhere in a pipe count.',
    flags: [],
  },
  {
    keyword: 'STOPSIGNAL',
    forms: ['STOPSIGNAL <signal>'],
    summary: 'The signal that asks a container to end; `SIGTERM` by default.',
    flags: [],
  },
  {
    keyword: 'USER',
    forms: ['USER <user>[:<group>]'],
    summary: 'Who runs the instructions that follow, and the container. A number works for Kubernetes’ `runAsNonRoot`, a name does not.',
    flags: [],
  },
  {
    keyword: 'VOLUME',
    forms: ['VOLUME ["<path>"]', 'VOLUME <path>…'],
    summary: 'Marks paths that live outside the image. What later instructions change below them is lost with the old builder.',
    flags: [],
  },
  {
    keyword: 'WORKDIR',
    forms: ['WORKDIR <path>'],
    summary: 'The folder of the instructions that follow, and of the container; made when it is missing.',
    flags: [],
  },
];

const byKeyword = new Map(instructions.map((spec) => [spec.keyword, spec]));

/** The row of an instruction, by its keyword in upper case. */
export const instructionSpec = (keyword: string): InstructionSpec | undefined => byKeyword.get(keyword);
