/** What the types of `RUN --mount` are. */
export const mountTypes: Readonly<Record<string, string>> = {
  bind: 'Files of the build context, of a stage or of an image, without copying them into a layer; what the RUN writes there is dropped.',
  cache: 'A folder that is kept between builds and is no part of the image: packages, downloads, compiled objects.',
  tmpfs: 'Memory in the place of a folder; nothing of it is kept.',
  secret: 'A secret given with `docker build --secret`, as a file or a variable of this RUN alone.',
  ssh: 'The SSH agent given with `docker build --ssh`, for private repositories.',
};

/** What the fields of `RUN --mount` say. */
export const mountAbout: Readonly<Record<string, string>> = {
  type: 'What is mounted: `bind`, `cache`, `tmpfs`, `secret` or `ssh`; `bind` when it is left out.',
  target: 'Where it is mounted. Of a secret the file, `/run/secrets/ID` when it is left out.',
  source: 'The path in what `from` names, or in the build context; its root when it is left out. Of a secret another word for `id`.',
  from: 'The stage, named context or image that the files are from.',
  id: 'Names the cache, the secret or the SSH agent: caches of one id are one; it is the target when left out.',
  sharing: 'Who may use a cache at once: `shared` all builds, `private` gives each its own, `locked` one after the other, as apt needs it.',
  required: 'Whether the build fails where the secret or the agent is not given.',
  env: 'The variable that holds the secret, in the place of a file.',
  size: 'The most that a tmpfs may hold, such as `512m`.',
  mode: 'Permissions of the mounted file or folder, octal.',
  uid: 'User that the mounted file or folder belongs to; 0 when it is left out.',
  gid: 'Group that the mounted file or folder belongs to; 0 when it is left out.',
  readonly: 'Whether nothing may be written there; so it is with `bind`.',
  readwrite: 'Lets the RUN write into a bind mount; what it writes is dropped.',
};

/** Short forms of the fields. */
export const mountAliases: Readonly<Record<string, string>> = {
  dst: 'target',
  destination: 'target',
  src: 'source',
  ro: 'readonly',
  rw: 'readwrite',
};

/** What the values of other flags mean. */
export const valueAbout: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  network: {
    default: 'The network of the build.',
    none: 'No network: what this RUN does cannot depend on what a server answers today.',
    host: 'The network of the machine that builds; the builder has to allow it (`--allow network.host`).',
  },
  security: {
    sandbox: 'Without further rights, as ever.',
    insecure: 'With all rights; the builder has to allow it (`--allow security.insecure`).',
  },
};

/** What the signals ask for. */
export const signalAbout: Readonly<Record<string, string>> = {
  SIGTERM: 'Please end: what `docker stop` sends unless STOPSIGNAL says otherwise.',
  SIGINT: 'Interrupted, as by Ctrl-C: Python raises `KeyboardInterrupt`, so that training can save a checkpoint.',
  SIGQUIT: 'End, nginx and gunicorn after what they are answering; others with a core dump.',
  SIGKILL: 'Ends at once: nothing can be saved.',
  SIGHUP: 'Mostly: read the configuration again.',
  SIGUSR1: 'What the program makes of it; training often saves a checkpoint.',
  SIGUSR2: 'What the program makes of it.',
  SIGWINCH: 'Apache ends after what it is answering.',
};
