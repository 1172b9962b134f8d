import type { AnyCommand } from '../../client/commands/command.ts';
import type { KnowledgeBase } from '../../src/knowledge/knowledge.ts';
import type { AnyRule } from '../../src/lint/rule.ts';

/** What this project does about something that people are told to do, or have to do. */
export interface Answer {
  readonly about: string;
  readonly rules?: readonly string[];
  readonly commands?: readonly string[];
  /** Known error messages that are explained where they appear. */
  readonly errors?: readonly string[];
  /** What else there is: a hover, a view, a fix. */
  readonly also?: string;
  /** What there is not, and why. */
  readonly absent?: string;
}

/** The advice that courses and guides repeat, and what it means here. */
export const practices: readonly Answer[] = [
  {
    about: 'Name versions, not `latest`',
    rules: ['latest-tag', 'floating-minor', 'floating-debian', 'requirements-unpinned', 'pip-install-unpinned', 'python-eol', 'distro-eol'],
    commands: ['choose-compatible-versions'],
    also: 'Completion offers images with their tags; a refactoring writes a version for an image without one.',
  },
  {
    about: 'Keep images small',
    rules: [
      'cuda-base-too-big',
      'devel-in-final',
      'cuda-torch-in-cpu-image',
      'pip-cache-kept',
      'apt-recommends',
      'apt-lists-kept',
      'build-tools-in-final',
      'weights-in-image',
      'alpine-for-ml',
    ],
    commands: ['show-layers', 'show-disk-usage'],
    also: 'The card on `FROM` says the size unpacked.',
  },
  {
    about: 'Put what changes often last',
    rules: ['copy-all-before-install', 'uv-sync-in-one-layer', 'apt-update-separate', 'rm-in-later-layer'],
    also: 'Build Image… shows which steps came from the cache.',
  },
  {
    about: 'Build in several stages',
    rules: [
      'pip-as-root-local',
      'builder-runtime-distro-mismatch',
      'healthcheck-tool-missing',
      'apt-lib-missing',
      'copy-from-unknown-stage',
      'build-tools-in-final',
      'stage-unused',
    ],
    commands: ['new-ml-project'],
  },
  {
    about: 'Keep the build context small with `.dockerignore`',
    rules: ['no-dockerignore', 'dockerignore-incomplete', 'dockerignore-pattern-wrong', 'dockerignore-excludes-needed'],
    commands: ['new-ml-project'],
    also: 'Hover on a pattern says which files it leaves out, and how many bytes.',
  },
  {
    about: 'Run as a user of its own',
    rules: [
      'root-user',
      'user-no-home',
      'user-home-root-owned',
      'volume-root-owned',
      'useradd-uid-1000',
      'chmod-777',
      'pip-as-root-local',
      'numeric-user',
    ],
    commands: ['new-ml-project'],
  },
  {
    about: 'Check health',
    rules: [
      'healthcheck-missing',
      'healthcheck-tool-missing',
      'healthcheck-start-period',
      'healthcheck-wrong-port',
      'depends-on-without-condition',
      'depends-healthy-no-check',
    ],
    also: 'Completion offers checks that work with what is in the image; the view shows the state. Docker marks a container unhealthy and restarts nothing.',
  },
  {
    about: 'Keep credentials out of images',
    rules: [
      'secret-in-env-arg',
      'credentials-copied',
      'pip-credentials-url',
      'compose-secret-plain',
      'default-credentials',
      'dvc-pull-in-build',
    ],
    commands: ['add-service'],
    also: 'Build Image… passes build secrets; a refactoring moves secrets of a Compose file to `.env` or `secrets:`.',
  },
  {
    about: 'Leave nothing big in a layer',
    rules: ['rm-in-later-layer', 'chown-layer-copy', 'weights-in-image', 'conda-clean-missing', 'add-url', 'model-download-in-build'],
    commands: ['show-layers'],
  },
  {
    about: 'Limit memory and CPUs',
    rules: ['mem-limit-missing', 'shm-missing'],
    commands: ['run-image'],
  },
  {
    about: 'Watch how containers do',
    rules: ['shm-missing'],
    commands: ['show-stats', 'show-processes', 'refresh-gpus', 'add-service'],
    also: 'The view of GPUs shows memory, utilization and the containers that hold them.',
  },
  {
    about: 'Remove what is not used',
    commands: ['show-disk-usage', 'prune-containers', 'prune-images', 'prune-volumes', 'prune-networks', 'prune-build-cache'],
    also: 'Each says what is lost before it asks, and what was freed.',
  },
  {
    about: 'Start services in order',
    rules: ['depends-on-without-condition', 'init-job-condition', 'compose-cycle'],
  },
  {
    about: 'Call services by their names',
    rules: [
      'localhost-between-services',
      'host-port-between-services',
      'unknown-host-in-url',
      'mlflow-allowed-hosts',
      'container-name-vs-service',
    ],
  },
  {
    about: 'Keep data in named volumes',
    rules: ['data-not-persistent', 'volume-wrong-path', 'compose-reference', 'volume-unused', 'postgres18-volume', 'hf-cache-not-volume'],
    commands: ['create-volume', 'show-volume-sizes'],
  },
  {
    about: 'Give containers GPUs: driver, toolkit, CUDA image, reservation',
    rules: [
      'gpu-image-no-reservation',
      'gpu-no-runtime',
      'gpu-driver-too-old',
      'cuda-tag-invalid',
      'cuda-tag-deleted',
      'nvidia-docker-legacy',
    ],
    commands: ['compose-up-with-gpus', 'run-image', 'choose-compatible-versions'],
    also: 'The card on `FROM` says the lowest driver, and whether this engine has it.',
  },
  { about: 'Pull data with DVC when the container runs, or with a secret', rules: ['dvc-pull-in-build', 'credentials-copied'] },
  {
    about: 'Mind the platform on Apple silicon',
    rules: ['no-platform-mac', 'from-platform-pinned', 'platform-gpu-emulated', 'gpu-on-mac'],
    commands: ['build-image'],
  },
  {
    about: 'Cache downloads with BuildKit’s mounts',
    rules: ['cache-mount-defeated', 'cache-mount-wrong-home', 'pip-cache-kept'],
    also: 'A refactoring adds the mount to a RUN.',
  },
  { about: 'Set PYTHONUNBUFFERED and DEBIAN_FRONTEND', rules: ['unbuffered-missing', 'debian-frontend-env', 'tzdata-hang'] },
  {
    about: 'Know ENTRYPOINT from CMD',
    rules: ['shell-form-cmd', 'multiple-cmd', 'shell-chain-server'],
    also: 'Hover on either says what `docker run` replaces.',
  },
  {
    about: 'Keep images for development and production apart',
    rules: ['dev-reload-in-prod', 'build-tools-in-final', 'code-mount-hides-install'],
  },
  {
    about: 'Pin what predicts',
    rules: ['requirements-unpinned', 'pickle-version-drift', 'torch-companion-mismatch'],
    commands: ['choose-compatible-versions'],
  },
];

/** What goes wrong on a machine, and what helps. */
export const troubles: readonly Answer[] = [
  {
    about: 'The disk is full',
    commands: ['show-disk-usage', 'prune-build-cache', 'prune-images', 'prune-containers', 'prune-volumes', 'show-volume-sizes'],
    errors: ['no-space', 'disk-quota', 'hf-no-space'],
    also: 'What can be made again (build cache, unnamed images) stands before what cannot (volumes).',
  },
  {
    about: 'The port is in use',
    rules: ['port-collision', 'port-well-known-conflict', 'scale-fixed-port'],
    commands: ['filter-containers'],
    errors: ['port-allocated', 'port-forbidden-windows', 'app-port-in-use'],
    also: 'The ports of each container stand below it in the view.',
  },
  {
    about: 'The container does not start, or ends at once',
    rules: ['entry-file-missing', 'cmd-python-app-no-server', 'placeholder-left', 'model-path-mismatch', 'dockerignore-excludes-needed'],
    commands: ['explain-ending', 'show-logs', 'inspect', 'compose-config', 'open-shell'],
    errors: ['exec-not-found', 'permission-exec', 'exec-format', 'module-not-found', 'oom-killed', 'restart-loop', 'crlf'],
  },
  {
    about: 'One service does not reach another',
    rules: ['localhost-between-services', 'host-port-between-services', 'bind-localhost', 'unknown-host-in-url', 'kafka-advertised'],
    commands: ['inspect', 'connect-container', 'open-shell'],
    errors: ['conn-refused-localhost', 'conn-refused-service', 'name-resolution', 'mlflow-host-header', 'network-not-found'],
  },
  {
    about: 'A volume is empty, or cannot be written',
    rules: ['volume-root-owned', 'volume-wrong-path', 'postgres18-volume', 'bind-file-missing'],
    commands: ['inspect', 'show-volume-sizes'],
    errors: ['permission-write', 'mount-dir-file', 'bind-missing', 'volume-name', 'postgres-18-layout', 'postgres-version'],
  },
  {
    about: 'Permission denied',
    rules: ['user-home-root-owned', 'volume-root-owned', 'user-no-home'],
    errors: ['docker-sock-permission', 'permission-exec', 'permission-write'],
    also: 'When the engine’s socket refuses, the view says which group to join.',
  },
  {
    about: 'The build context is too large',
    rules: ['no-dockerignore', 'dockerignore-incomplete', 'dockerignore-pattern-wrong'],
    errors: ['context-large'],
  },
  {
    about: 'The image is too large',
    rules: ['cuda-torch-in-cpu-image', 'cuda-base-too-big', 'pip-cache-kept', 'chown-layer-copy'],
    commands: ['show-layers'],
    errors: ['no-space'],
  },
  {
    about: 'The build is slow',
    rules: ['copy-all-before-install', 'uv-sync-in-one-layer', 'cache-mount-defeated', 'no-dockerignore'],
    commands: ['build-image'],
    errors: ['pip-timeout', 'context-canceled'],
  },
  {
    about: 'The GPU is not seen',
    rules: [
      'gpu-image-no-reservation',
      'gpu-no-runtime',
      'gpu-driver-too-old',
      'cpu-torch-in-gpu-service',
      'cuda-visible-devices-index',
      'jax-without-cuda',
    ],
    commands: ['refresh-gpus', 'run-image'],
    errors: ['gpu-no-driver-plugin', 'gpu-libnvidia-ml', 'gpu-requirement', 'cuda-driver-too-old', 'torch-not-cuda', 'cuda-no-devices'],
  },
];

/** The command lines that people look up, and what does the same here. */
export const commandLines: readonly Answer[] = [
  { about: 'docker compose up -d', commands: ['compose-up', 'compose-up-with-gpus', 'project-up'] },
  { about: 'docker compose down', commands: ['compose-down', 'project-down'] },
  {
    about: 'docker compose down -v',
    commands: ['compose-down', 'remove-volume', 'prune-volumes'],
    also: 'Down keeps volumes; removing one says what is lost, and asks.',
  },
  { about: 'docker compose restart, stop, start', commands: ['compose-restart', 'compose-stop', 'restart', 'stop', 'start'] },
  { about: 'docker compose ps', also: 'The view of containers, by project; the lines above services say how each is.' },
  { about: 'docker compose logs -f', commands: ['compose-logs', 'show-logs'] },
  { about: 'docker compose exec SERVICE bash', commands: ['open-shell'], also: 'Takes sh where there is no bash.' },
  { about: 'docker compose config', commands: ['compose-config'], also: '`ml-containers config` does it with no engine.' },
  {
    about: 'docker compose inspect',
    rules: ['compose-inspect-command'],
    commands: ['inspect', 'compose-config'],
    absent: 'Compose has no such command.',
  },
  { about: 'docker compose build, up --build', commands: ['compose-build', 'compose-up-with-gpus'] },
  {
    about: 'docker compose up --scale SERVICE=3',
    rules: ['scale-fixed-port', 'container-name-vs-service'],
    absent: 'No command: `deploy.replicas` in the file says the same and stays.',
  },
  { about: 'docker compose stats', commands: ['show-stats'] },
  {
    about: 'docker compose pull, watch, top, images, port',
    commands: ['pull-image', 'show-processes', 'open-in-browser'],
    absent: 'No command for watch: `develop` is checked and completed, and the terminal runs it.',
  },
  { about: 'docker build', commands: ['build-image', 'build-and-run'], also: 'The checks of `--check` are rules here, while typing.' },
  { about: 'docker history IMAGE', commands: ['show-layers'] },
  { about: 'docker tag, push, pull, login', commands: ['tag-image', 'push-image', 'pull-image', 'log-in'] },
  { about: 'docker images, docker image ls', commands: ['filter-images', 'toggle-unnamed-images'], also: 'The view of images.' },
  { about: 'docker rmi, docker image rm', commands: ['remove-image'] },
  { about: 'docker image inspect', commands: ['inspect'] },
  {
    about: 'docker search',
    commands: ['pull-image'],
    absent: 'No search: it knows names without tags. Completion offers the images that ML projects use.',
  },
  { about: 'docker run', commands: ['run-image', 'run-image-by-name', 'build-and-run'], also: 'Shows the command line before it runs.' },
  { about: 'docker run --gpus \'"device=0"\'', commands: ['run-image'], also: 'GPUs are chosen from those there are.' },
  { about: 'docker ps', commands: ['filter-containers'], also: 'The view of containers.' },
  { about: 'docker stop, start, restart, kill', commands: ['stop', 'start', 'restart', 'kill', 'pause', 'unpause'], rules: ['stop-grace'] },
  { about: 'docker rm, docker container prune', commands: ['remove-container', 'prune-containers'] },
  { about: 'docker logs', commands: ['show-logs', 'open-log'] },
  { about: 'docker exec -it CONTAINER bash', commands: ['open-shell'] },
  { about: 'docker inspect', commands: ['inspect'] },
  { about: 'docker stats', commands: ['show-stats', 'refresh-gpus'], also: 'GPUs are in a view of their own.' },
  { about: 'docker top CONTAINER', commands: ['show-processes'] },
  { about: 'docker cp CONTAINER:PATH LOCAL', commands: ['copy-out'] },
  { about: 'docker system df', commands: ['show-disk-usage', 'show-volume-sizes'] },
  {
    about: 'docker system prune',
    commands: ['prune-containers', 'prune-images', 'prune-networks', 'prune-volumes', 'prune-build-cache'],
    also: 'One kind at a time, with what is lost.',
  },
  {
    about: 'docker network',
    commands: ['create-network', 'connect-container', 'disconnect-container', 'inspect', 'remove-network', 'prune-networks'],
  },
  { about: 'docker volume', commands: ['create-volume', 'inspect', 'remove-volume', 'prune-volumes'] },
  { about: 'docker context', commands: ['choose-context', 'use-context'] },
  { about: 'docker-compose', rules: ['compose-v1-command'] },
];

export const answers: readonly Answer[] = [...practices, ...troubles, ...commandLines];

/** Names in the answers that nothing has. */
export function unknownNames(
  rules: readonly Pick<AnyRule, 'id'>[],
  commands: readonly Pick<AnyCommand, 'id'>[],
  { errors }: Pick<KnowledgeBase, 'errors'>,
): readonly string[] {
  const known = { rules: ids(rules), commands: ids(commands), errors: ids(errors) };
  return answers.flatMap((answer) =>
    (['rules', 'commands', 'errors'] as const).flatMap((kind) => (answer[kind] ?? []).filter((id) => !known[kind].has(id))),
  );
}

const ids = (things: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(things.map(({ id }) => id));

/** `docs/practices.md`. */
export function practiceDocs(
  rules: readonly AnyRule[],
  commands: readonly Pick<AnyCommand, 'id' | 'title'>[],
  { registries }: Pick<KnowledgeBase, 'registries'>,
): string {
  const title = (id: string): string => commands.find((command) => command.id === id)?.title ?? id;
  const off = new Set(rules.filter(({ enabled }) => !enabled).map(({ id }) => id));
  const cell = ({ rules: own = [], commands: does = [], errors = [], also, absent }: Answer): string =>
    [
      own.length ? own.map((id) => `[${id}](rules/${id}.md)${off.has(id) ? ' (off by default)' : ''}`).join(', ') : '',
      does.length ? `Commands: ${[...new Set(does.map((id) => `**${title(id)}**`))].join(', ')}.` : '',
      errors.length ? `Messages explained: ${errors.join(', ')}.` : '',
      also ?? '',
      absent === undefined ? '' : `_${absent}_`,
    ]
      .filter(Boolean)
      .join('<br>');
  const table = (head: string, list: readonly Answer[], code = false): string =>
    [
      `| ${head} | here |`,
      '| --- | --- |',
      ...list.map((answer) => `| ${code ? `\`${answer.about}\`` : answer.about} | ${cell(answer)} |`),
    ].join('\n');
  return `${[
    '<!-- Generated by npm run generate. Do not edit. -->',
    '# Practices, troubles, commands',
    'What courses and guides on containers for ML advise, what goes wrong, which command lines people look up, and what this project does about each.',
    '## Practices',
    table('advice', practices),
    '## When something does not work',
    table('trouble', troubles),
    '## Command lines',
    table('command line', commandLines, true),
    '## Registries',
    '**Log in to a Registry…** types the line into a terminal; passwords never go through the extension.',
    [
      '| registry | image | log in |',
      '| --- | --- | --- |',
      ...registries.map(
        ({ name, image, login, note = '' }) =>
          `| ${name} | \`${image}\` | \`${login.replaceAll('|', '\\|')}\`${note ? `<br>${note}` : ''} |`,
      ),
    ].join('\n'),
  ].join('\n\n')}\n`;
}
