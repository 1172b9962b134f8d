// What a container’s exit code says. Checked 2026-11, several reproduced.
// Source: POSIX, the engine's documentation, runs with engine 28.5.
import type { ExitCode } from '../knowledge.ts';

export const exitCodes: readonly ExitCode[] = [
  {
    code: 0,
    name: 'success',
    meaning:
      'Finished. For a server: the command was not a long-running one (e.g. CMD python with no script, bash without -it, "docker run python:3.11-slim": the REPL reads EOF and leaves).',
    tryThis: ['Give the container a foreground command', '-it for a shell', 'tail the log'],
  },
  {
    code: 1,
    name: 'application error',
    meaning:
      'Uncaught Python exception: ModuleNotFoundError, CUDA error, wrong path, missing env var; also "exec format error" printed by the init for a script without a shebang (verified: rc 1).',
    tryThis: ['Read the last traceback', 'docker compose run --rm --entrypoint bash svc'],
  },
  {
    code: 2,
    name: 'usage',
    meaning:
      'argparse error ("the following arguments are required"), shell builtin misuse, uvicorn/mlflow bad option; pip exit 2 = bad arguments.',
    tryThis: ['ENTRYPOINT + CMD: docker run image <args> replaces CMD only'],
  },
  {
    code: 3,
    name: 'application',
    meaning: 'uvicorn: application startup failed (import or lifespan error); pytest internal error.',
    tryThis: ['See the log above it'],
  },
  {
    code: 4,
    name: 'application',
    meaning: 'NGC/vLLM wrappers; airflow: see log. groupadd/useradd: 4 = uid or gid not unique (build).',
    tryThis: ['Ubuntu 24.04 has uid/gid 1000'],
  },
  {
    code: 100,
    name: 'apt',
    meaning: 'apt-get failed inside RUN: package not found or index stale.',
    tryThis: ['apt-get update in the same RUN', 'check the release name'],
  },
  {
    code: 125,
    name: 'docker itself',
    meaning:
      'The engine refused: no GPU driver/runtime ("could not select device driver"), bad flag, port already allocated, image not found, name in use.',
    tryThis: ['Container was never created: there are no logs'],
  },
  {
    code: 126,
    name: 'not executable',
    meaning: 'Command found, cannot run: script without x bit ("permission denied"), a directory, noexec mount.',
    tryThis: ['chmod +x / COPY --chmod=755', 'call it as: sh script.sh'],
  },
  {
    code: 127,
    name: 'command not found',
    meaning:
      'executable file not found in $PATH: python vs python3 (nvidia/cuda and ubuntu have no python), uvicorn/mlflow not installed or ~/.local/bin not in PATH after USER, curl missing, wrong shebang or CRLF ("no such file or directory").',
    tryThis: ['which', 'PATH of the final stage', 'dos2unix'],
  },
  { code: 128, name: 'invalid exit argument', meaning: 'exit with a bad value; git: not a repository.', tryThis: [] },
  { code: 129, name: 'SIGHUP', meaning: 'Terminal closed.', tryThis: ['-d'] },
  { code: 130, name: 'SIGINT', meaning: 'Ctrl-C or docker compose up interrupted.', tryThis: [] },
  { code: 131, name: 'SIGQUIT', meaning: 'nginx/uwsgi stop signal.', tryThis: [] },
  {
    code: 132,
    name: 'SIGILL',
    meaning:
      'Illegal instruction: the wheel needs AVX/AVX2/AVX-512 the CPU or emulator lacks (tensorflow, polars, mongodb 5+, faiss); amd64 image under QEMU on Apple silicon.',
    tryThis: ['native arm64 image', 'polars-lts-cpu', 'enable Rosetta'],
  },
  { code: 133, name: 'SIGTRAP', meaning: 'Debugger / QEMU fault; Chromium.', tryThis: [] },
  {
    code: 134,
    name: 'SIGABRT',
    meaning:
      'abort(): C++ terminate ("terminate called after throwing an instance of"), std::bad_alloc (memory), NCCL watchdog timeout, glibc "free(): invalid pointer" from mixed OpenMP/torch builds, TensorRT/onnx assertion.',
    tryThis: ['memory limit', 'NCCL_DEBUG=INFO', 'one build of torch/numpy'],
  },
  {
    code: 135,
    name: 'SIGBUS',
    meaning: 'Bus error: /dev/shm full (64 MB default) with DataLoader workers, NCCL or Ray; truncated mmap file on a full disk or NFS.',
    tryThis: ['shm_size: 8gb or ipc: host', 'num_workers=0 to prove it', 'disk space'],
  },
  { code: 136, name: 'SIGFPE', meaning: 'Integer division by zero in native code.', tryThis: [] },
  {
    code: 137,
    name: 'SIGKILL',
    meaning:
      'Out of memory (State.OOMKilled=true, or host OOM: dmesg) while loading weights, DataLoader, pip of a big wheel, MAX_JOBS compile; or docker stop after 10 s grace; or docker kill. OOMKilled can be true with exit code 0/1 when only a child was killed (verified).',
    tryThis: [
      'raise mem_limit / Docker Desktop memory',
      'low_cpu_mem_usage, smaller batch, fewer workers',
      'MAX_JOBS',
      'stop_grace_period for checkpoints',
    ],
  },
  {
    code: 139,
    name: 'SIGSEGV',
    meaning:
      'Segmentation fault: mixed CUDA/cuDNN/torch builds, wrong driver library in the image, alpine/musl with manylinux binaries, stack limit, faulty extension, QEMU.',
    tryThis: ['faulthandler', 'same CUDA major everywhere', 'ulimits stack 67108864'],
  },
  { code: 141, name: 'SIGPIPE', meaning: 'Reader of a pipe left; set -o pipefail with head.', tryThis: [] },
  {
    code: 143,
    name: 'SIGTERM',
    meaning:
      'docker stop / compose down / autoscaler: normal. A training job without a SIGTERM handler loses the last checkpoint; a shell-form CMD or entrypoint script without exec never gets the signal and dies with 137 after 10 s.',
    tryThis: ['exec form', 'exec "$@"', 'init: true', 'trap'],
  },
  {
    code: 255,
    name: 'generic failure',
    meaning: 'ssh/docker host lost, mysqld, kubectl; Python sys.exit(-1); the shim failed; exit code out of range.',
    tryThis: ['engine log'],
  },
];
