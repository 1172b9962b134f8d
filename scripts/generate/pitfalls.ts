import type { AnyRule, Severity } from '../../src/lint/rule.ts';

/** A mistake that people make with ML in containers, and how bad it is when it is certain. */
export interface Pitfall {
  readonly id: string;
  readonly severity: Severity;
  /** The rule that reports it, where that has another name. */
  readonly by?: string;
}

/** What the project set out to find. */
export const pitfalls: readonly Pitfall[] = [
  { id: 'copy-trailing-comment', severity: 'error' },
  { id: 'copy-multi-no-slash', severity: 'info' },
  { id: 'from-as-casing', severity: 'info' },
  { id: 'pip-install-dot-without-project', severity: 'error' },
  { id: 'no-workdir', severity: 'warning' },
  { id: 'placeholder-left', severity: 'warning' },
  { id: 'entry-file-missing', severity: 'warning' },
  { id: 'cmd-python-app-no-server', severity: 'warning' },
  { id: 'bind-localhost', severity: 'warning' },
  { id: 'shell-form-cmd', severity: 'info' },
  { id: 'shell-chain-server', severity: 'info' },
  { id: 'multiple-cmd', severity: 'warning' },
  { id: 'arg-before-from-scope', severity: 'warning' },
  { id: 'copy-from-unknown-stage', severity: 'error' },
  { id: 'stage-unused', severity: 'hint' },
  { id: 'latest-tag', severity: 'warning' },
  { id: 'floating-minor', severity: 'warning' },
  { id: 'python-eol', severity: 'warning' },
  { id: 'distro-eol', severity: 'warning' },
  { id: 'floating-debian', severity: 'info' },
  { id: 'builder-runtime-distro-mismatch', severity: 'error' },
  { id: 'alpine-for-ml', severity: 'error' },
  { id: 'cuda-tag-invalid', severity: 'error' },
  { id: 'cuda-tag-deleted', severity: 'error' },
  { id: 'cuda-base-too-big', severity: 'info' },
  { id: 'devel-in-final', severity: 'info' },
  { id: 'pytorch-image-pep668', severity: 'error' },
  { id: 'framework-image-reinstall', severity: 'warning' },
  { id: 'conda-defaults-channel', severity: 'warning' },
  { id: 'no-platform-mac', severity: 'hint' },
  { id: 'from-platform-pinned', severity: 'info' },
  { id: 'index-url-with-requirements', severity: 'error' },
  { id: 'local-version-on-pypi', severity: 'error' },
  { id: 'cpu-torch-overwritten', severity: 'warning' },
  { id: 'cuda-torch-in-cpu-image', severity: 'warning' },
  { id: 'cpu-torch-in-gpu-service', severity: 'warning' },
  { id: 'torch-python-unsupported', severity: 'error' },
  { id: 'torch-cuda-tag-unavailable', severity: 'error' },
  { id: 'torch-unpinned-old-index', severity: 'info' },
  { id: 'torch-companion-mismatch', severity: 'error' },
  { id: 'torchaudio-nonexistent', severity: 'error' },
  { id: 'pypi-torch-needs-cuda13', severity: 'warning' },
  { id: 'gpu-arch-not-in-wheel', severity: 'error' },
  { id: 'vllm-torch-conflict', severity: 'error' },
  { id: 'tf-cuda-mismatch', severity: 'warning' },
  { id: 'tensorflow-gpu-package', severity: 'error' },
  { id: 'sklearn-package', severity: 'error' },
  { id: 'jax-without-cuda', severity: 'warning' },
  { id: 'ort-cuda-major', severity: 'warning' },
  { id: 'ort-both', severity: 'warning' },
  { id: 'opencv-libgl', severity: 'warning' },
  { id: 'apt-lib-missing', severity: 'warning' },
  { id: 'compile-without-compiler', severity: 'error' },
  { id: 'flash-attn-needs', severity: 'error' },
  { id: 'torch-compile-no-gcc', severity: 'hint' },
  { id: 'python-pip-mismatch', severity: 'warning' },
  { id: 'pip-vs-python', severity: 'error' },
  { id: 'pip-cache-kept', severity: 'warning' },
  { id: 'cache-mount-defeated', severity: 'warning' },
  { id: 'cache-mount-wrong-home', severity: 'warning' },
  { id: 'requirements-unpinned', severity: 'info' },
  { id: 'requirements-copied-unused', severity: 'warning' },
  { id: 'copy-all-before-install', severity: 'warning' },
  { id: 'pip-as-root-local', severity: 'error' },
  { id: 'user-home-root-owned', severity: 'warning' },
  { id: 'uv-sync-in-one-layer', severity: 'warning' },
  { id: 'uv-torch-backend', severity: 'warning' },
  { id: 'conda-env-not-activated', severity: 'error' },
  { id: 'conda-clean-missing', severity: 'warning' },
  { id: 'micromamba-activate', severity: 'error' },
  { id: 'env-yml-export', severity: 'warning' },
  { id: 'pickle-version-drift', severity: 'warning' },
  { id: 'apt-update-separate', severity: 'warning' },
  { id: 'apt-lists-kept', severity: 'info' },
  { id: 'apt-recommends', severity: 'info' },
  { id: 'apt-no-y', severity: 'error' },
  { id: 'apt-not-apt-get', severity: 'info' },
  { id: 'debian-frontend-env', severity: 'hint' },
  { id: 'tzdata-hang', severity: 'warning' },
  { id: 'apt-renamed', severity: 'error' },
  { id: 'build-tools-in-final', severity: 'info' },
  { id: 'pipe-without-pipefail', severity: 'info' },
  { id: 'curl-pipe-sh', severity: 'hint' },
  { id: 'add-url', severity: 'info' },
  { id: 'nvidia-docker-legacy', severity: 'warning' },
  { id: 'root-user', severity: 'warning' },
  { id: 'chmod-777', severity: 'warning' },
  { id: 'chown-layer-copy', severity: 'warning' },
  { id: 'useradd-uid-1000', severity: 'error' },
  { id: 'user-no-home', severity: 'info' },
  { id: 'volume-root-owned', severity: 'warning' },
  { id: 'secret-in-env-arg', severity: 'error' },
  { id: 'credentials-copied', severity: 'error' },
  { id: 'pip-credentials-url', severity: 'error' },
  { id: 'dvc-pull-in-build', severity: 'warning' },
  { id: 'compose-secret-plain', severity: 'warning' },
  { id: 'default-credentials', severity: 'warning' },
  { id: 'docker-sock-mount', severity: 'warning' },
  { id: 'privileged', severity: 'warning' },
  { id: 'jupyter-no-token', severity: 'error' },
  { id: 'no-dockerignore', severity: 'warning' },
  { id: 'dockerignore-incomplete', severity: 'warning' },
  { id: 'dockerignore-pattern-wrong', severity: 'info' },
  { id: 'dockerignore-excludes-needed', severity: 'error' },
  { id: 'weights-in-image', severity: 'info' },
  { id: 'model-copied-and-mounted', severity: 'warning' },
  { id: 'code-mount-hides-install', severity: 'warning' },
  { id: 'model-download-in-build', severity: 'info' },
  { id: 'hf-cache-not-volume', severity: 'warning' },
  { id: 'rm-in-later-layer', severity: 'info' },
  { id: 'unbuffered-missing', severity: 'info' },
  { id: 'healthcheck-tool-missing', severity: 'error' },
  { id: 'healthcheck-missing', severity: 'info' },
  { id: 'healthcheck-start-period', severity: 'info' },
  { id: 'healthcheck-wrong-port', severity: 'error' },
  { id: 'healthcheck-none-needed', severity: 'info' },
  { id: 'depends-on-without-condition', severity: 'warning' },
  { id: 'depends-healthy-no-check', severity: 'error' },
  { id: 'init-job-condition', severity: 'warning' },
  { id: 'no-restart-policy', severity: 'hint' },
  { id: 'restart-on-training', severity: 'warning' },
  { id: 'stop-grace', severity: 'hint' },
  { id: 'pip-install-at-start', severity: 'warning' },
  { id: 'block-scalar-backslash', severity: 'error' },
  { id: 'gpu-image-no-reservation', severity: 'warning' },
  { id: 'gpu-capabilities-missing', severity: 'error' },
  { id: 'gpu-count-and-ids', severity: 'error' },
  { id: 'gpu-reservation-level', severity: 'error' },
  { id: 'gpu-required-everywhere', severity: 'hint' },
  { id: 'gpu-no-runtime', severity: 'warning' },
  { id: 'gpu-driver-too-old', severity: 'error' },
  { id: 'gpu-on-mac', severity: 'warning' },
  { id: 'cuda-visible-devices-index', severity: 'error' },
  { id: 'shm-missing', severity: 'warning' },
  { id: 'shm-and-ipc', severity: 'info' },
  { id: 'shm-in-build-only', severity: 'warning' },
  { id: 'tensor-parallel-gpus', severity: 'error' },
  { id: 'mem-limit-missing', severity: 'hint' },
  { id: 'rocm-devices-missing', severity: 'error' },
  { id: 'nvidia-env-on-cpu', severity: 'info' },
  { id: 'driver-capabilities', severity: 'info' },
  { id: 'version-obsolete', severity: 'info' },
  { id: 'mlflow-s3-endpoint', severity: 'error' },
  { id: 'mlflow-drivers-missing', severity: 'error' },
  { id: 'mlflow-bucket-missing', severity: 'warning' },
  { id: 'mlflow-local-artifacts', severity: 'warning' },
  { id: 'mlflow-allowed-hosts', severity: 'error' },
  { id: 'mlflow-unread-env', severity: 'info' },
  { id: 'mlflow-sqlite-relative', severity: 'info' },
  { id: 'minio-dockerhub', severity: 'error' },
  { id: 'bitnami-removed', severity: 'error' },
  { id: 'jupyter-dockerhub', severity: 'warning' },
  { id: 'archived-service', severity: 'info' },
  { id: 'gcr-io', severity: 'info' },
  { id: 'postgres18-volume', severity: 'error' },
  { id: 'postgres-eol', severity: 'info' },
  { id: 'db-port-public', severity: 'warning' },
  { id: 'ui-no-auth-public', severity: 'info' },
  { id: 'localhost-between-services', severity: 'error' },
  { id: 'host-port-between-services', severity: 'error' },
  { id: 'unknown-host-in-url', severity: 'warning' },
  { id: 'container-name-vs-service', severity: 'info' },
  { id: 'scale-fixed-port', severity: 'error' },
  { id: 'port-collision', severity: 'error' },
  { id: 'port-well-known-conflict', severity: 'hint' },
  { id: 'port-mismatch', severity: 'error' },
  { id: 'bind-file-missing', severity: 'error' },
  { id: 'data-not-persistent', severity: 'warning' },
  { id: 'volume-wrong-path', severity: 'error' },
  { id: 'volume-undeclared', severity: 'error', by: 'compose-reference' },
  { id: 'volume-unused', severity: 'hint' },
  { id: 'airflow-webserver-3', severity: 'error' },
  { id: 'airflow-old-env', severity: 'error' },
  { id: 'airflow-fernet-empty', severity: 'warning' },
  { id: 'kafka-advertised', severity: 'error' },
  { id: 'prometheus-target-localhost', severity: 'warning' },
  { id: 'host-gateway', severity: 'warning' },
  { id: 'dcgm-cap', severity: 'warning' },
  { id: 'env-dollar', severity: 'warning' },
  { id: 'env-var-undefined', severity: 'warning' },
  { id: 'port-unquoted', severity: 'hint' },
  { id: 'compose-v1-command', severity: 'info' },
  { id: 'compose-inspect-command', severity: 'info' },
  { id: 'platform-gpu-emulated', severity: 'warning' },
  { id: 'dev-reload-in-prod', severity: 'info' },
  { id: 'workers-with-gpu-model', severity: 'hint' },
  { id: 'model-path-mismatch', severity: 'warning' },
];

/** What became of a pitfall. */
export interface PitfallState {
  readonly pitfall: Pitfall;
  readonly rules: readonly AnyRule[];
  readonly state: 'on' | 'off' | 'missing';
  /** Why it is off, or reported less loudly than it is bad. */
  readonly why: string;
}

const ranks: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

export function pitfallStates(rules: readonly AnyRule[]): readonly PitfallState[] {
  return pitfalls.map((pitfall) => {
    const own = rules.filter(({ id }) => id === (pitfall.by ?? pitfall.id));
    const loudest = Math.max(-1, ...own.map(({ severity, enabled }) => (enabled ? ranks.indexOf(severity) : -1)));
    const quiet = own.find((rule) => rule.quiet !== undefined)?.quiet ?? '';
    return {
      pitfall,
      rules: own,
      state: own.length === 0 ? 'missing' : own.some(({ enabled }) => enabled) ? 'on' : 'off',
      why: loudest < ranks.indexOf(pitfall.severity) ? quiet : '',
    };
  });
}

/** Whether a pitfall that is off, or reported less loudly than it is bad, lacks its reason. */
export const unexplained = ({ pitfall, rules, why }: PitfallState): boolean =>
  why === '' && !rules.some(({ severity, enabled }) => enabled && ranks.indexOf(severity) >= ranks.indexOf(pitfall.severity));

/** `docs/pitfalls.md`. */
export function pitfallDocs(rules: readonly AnyRule[]): string {
  const states = pitfallStates(rules);
  const count = (state: PitfallState['state']): number => states.filter((each) => each.state === state).length;
  const rows = states.map(({ pitfall, rules: own, state, why }) => {
    const where = own
      .map(({ language, severity, enabled }) => `${language}: ${enabled ? severity : `off (${severity} when on)`}`)
      .join('<br>');
    const [first] = own;
    const name = first ? `[${pitfall.id}](rules/${first.id}.md)` : pitfall.id;
    const other = pitfall.by === undefined ? '' : `Reported by ${pitfall.by}. `;
    return `| ${name} | ${state} | ${pitfall.severity} | ${where} | ${other}${why} |`;
  });
  return [
    '<!-- Generated by npm run generate. Do not edit. -->',
    '# Pitfalls',
    '',
    `The ${states.length} mistakes with ML in containers that this project set out to find: ${count('on')} are reported by default, ${count('off')} when asked for (\`--all\`, or \`mlContainers.lint.rules\`)${count('missing') ? `, ${count('missing')} not yet` : ''}. Where a rule says less than the damage would deserve, the last column says why: a false alarm costs more than a miss.`,
    '',
    '| pitfall | state | damage | reported in | why no louder |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
