/** A value worth offering where Compose takes any text, and what it means. */
export interface Value {
  readonly value: string;
  readonly detail?: string;
}

/** Values by the path below `services.NAME`, or below another section’s names (`volumes.*.driver`); list items are `[]`. */
const rows: readonly { readonly at: RegExp; readonly values: readonly Value[] }[] = [
  {
    at: /^cap_(?:add|drop)\.\[\]$/,
    values: [
      { value: 'ALL', detail: 'every capability' },
      { value: 'SYS_PTRACE', detail: 'debuggers and profilers such as py-spy' },
      { value: 'SYS_ADMIN', detail: 'mounts inside, Nsight Compute; nearly root on the host' },
      { value: 'SYS_NICE', detail: 'NUMA binding and priorities' },
      { value: 'IPC_LOCK', detail: 'pinned memory for RDMA and NCCL over InfiniBand' },
      { value: 'SYS_RESOURCE', detail: 'raise limits' },
      { value: 'NET_ADMIN', detail: 'change network devices' },
      { value: 'NET_RAW', detail: 'raw sockets, ping' },
      { value: 'NET_BIND_SERVICE', detail: 'ports below 1024' },
      { value: 'PERFMON', detail: 'perf counters' },
      { value: 'DAC_OVERRIDE', detail: 'ignore file permissions' },
      { value: 'CHOWN', detail: 'change owners' },
      { value: 'SETUID', detail: 'become another user' },
      { value: 'SETGID', detail: 'become another group' },
      { value: 'KILL', detail: "signal other users' processes" },
      { value: 'MKNOD', detail: 'make device nodes' },
      { value: 'SYS_TIME', detail: 'set the clock' },
      { value: 'SYS_MODULE', detail: 'load kernel modules' },
      { value: 'AUDIT_WRITE', detail: "write the kernel's audit log" },
    ],
  },
  {
    at: /^security_opt\.\[\]$/,
    values: [
      { value: 'no-new-privileges:true', detail: 'programs cannot gain rights' },
      { value: 'seccomp=unconfined', detail: 'all system calls: numactl, perf, Ray debuggers' },
      { value: 'apparmor=unconfined', detail: 'no AppArmor profile' },
      { value: 'label=disable', detail: 'no SELinux label' },
    ],
  },
  { at: /^pid$/, values: [{ value: 'host', detail: "sees the host's processes, as nvidia-smi wants for names" }] },
  {
    at: /^group_add\.\[\]$/,
    values: [
      { value: 'video', detail: '/dev/dri and /dev/kfd' },
      { value: 'render', detail: '/dev/dri/renderD*' },
    ],
  },
  {
    at: /^devices\.\[\](?:\.source)?$/,
    values: [
      { value: 'nvidia.com/gpu=all', detail: 'all NVIDIA GPUs, by CDI' },
      { value: '/dev/kfd', detail: 'AMD GPUs: compute' },
      { value: '/dev/dri', detail: 'AMD and Intel GPUs' },
      { value: '/dev/infiniband', detail: 'RDMA' },
      { value: '/dev/shm' },
    ],
  },
  {
    at: /devices\.\[\]\.capabilities\.\[\]$/,
    values: [{ value: 'gpu', detail: 'GPUs' }, { value: 'compute' }, { value: 'utility' }, { value: 'video' }, { value: 'graphics' }],
  },
  {
    at: /devices\.\[\]\.driver$|^gpus\.\[\]\.driver$/,
    values: [{ value: 'nvidia' }, { value: 'cdi', detail: 'names of the Container Device Interface' }],
  },
  { at: /(?:devices|^gpus)\.\[\]\.capabilities$/, values: [{ value: '[gpu]', detail: 'a GPU: Compose asks for it' }] },
  { at: /devices\.\[\]\.count$|^gpus\.\[\]\.count$/, values: [{ value: 'all', detail: 'every GPU' }, { value: '1' }, { value: '2' }] },
  { at: /(?:interval|timeout)$/, values: [{ value: '5s' }, { value: '10s' }, { value: '30s' }] },
  { at: /start_period$/, values: [{ value: '10s' }, { value: '60s' }, { value: '5m', detail: 'loading large weights' }] },
  {
    at: /^stop_grace_period$/,
    values: [{ value: '10s', detail: 'the default' }, { value: '30s' }, { value: '2m', detail: 'time to write a checkpoint' }],
  },
  {
    at: /^(?:mem_limit|mem_reservation|memswap_limit|deploy\.resources\.(?:limits|reservations)\.memory)$/,
    values: [{ value: '2g' }, { value: '8g' }, { value: '16g' }, { value: '64g' }],
  },
  {
    at: /^shm_size$|^build\.shm_size$/,
    values: [{ value: '1gb' }, { value: '8gb', detail: 'data loaders with workers' }, { value: '16gb', detail: 'several GPUs' }],
  },
  {
    at: /^ulimits\.(?:memlock|stack)$/,
    values: [
      { value: '-1', detail: 'no limit' },
      { value: '67108864', detail: '64 MiB, what NVIDIA asks for the stack' },
    ],
  },
  { at: /^extra_hosts\.\[\]$/, values: [{ value: 'host.docker.internal:host-gateway', detail: 'the host, on Linux too' }] },
  {
    at: /^healthcheck\.test\.\[\]$/,
    values: [
      { value: 'CMD', detail: 'a program and its arguments, no shell' },
      { value: 'CMD-SHELL', detail: 'one line for /bin/sh' },
      { value: 'NONE', detail: 'no check, not the image’s either' },
    ],
  },
  { at: /^tmpfs(?:\.\[\])?$/, values: [{ value: '/tmp' }, { value: '/run' }] },
  { at: /^build\.platforms\.\[\]$|^platform$/, values: [{ value: 'linux/amd64' }, { value: 'linux/arm64' }] },
  {
    at: /^build\.cache_(?:from|to)\.\[\]$/,
    values: [
      { value: 'type=registry,ref=', detail: 'an image in a registry' },
      { value: 'type=gha', detail: 'the cache of GitHub Actions' },
      { value: 'type=local,src=', detail: 'a folder' },
    ],
  },
  { at: /^logging\.options\.max-size$/, values: [{ value: '10m' }, { value: '100m' }] },
  { at: /^logging\.options\.max-file$/, values: [{ value: '"3"' }] },
  {
    at: /^healthcheck\.test$/,
    values: [
      { value: '["CMD", ""]', detail: 'a program and its arguments, no shell' },
      { value: '["CMD-SHELL", ""]', detail: 'one line for /bin/sh' },
      { value: '["NONE"]', detail: 'no check, not the image’s either' },
    ],
  },
  {
    at: /^environment\.NVIDIA_VISIBLE_DEVICES$/,
    values: [
      { value: 'all', detail: 'every GPU' },
      { value: 'none', detail: 'the driver, and no GPU' },
      { value: 'void', detail: 'as if the runtime were not there' },
    ],
  },
  {
    at: /^environment\.NVIDIA_DRIVER_CAPABILITIES$/,
    values: [
      { value: 'compute,utility', detail: 'CUDA and nvidia-smi' },
      { value: 'all' },
      { value: 'compute,utility,video', detail: 'with NVENC and NVDEC' },
    ],
  },
  { at: /^environment\.(?:HF_HUB_OFFLINE|PYTHONUNBUFFERED)$/, values: [{ value: '"1"' }] },
  { at: /^environment\.NCCL_DEBUG$/, values: [{ value: 'WARN' }, { value: 'INFO' }] },
  { at: /^environment\.PYTORCH_CUDA_ALLOC_CONF$/, values: [{ value: 'expandable_segments:True' }] },
  { at: /^volumes\.\*\.driver$/, values: [{ value: 'local', detail: 'on this machine: the default' }] },
  {
    at: /^volumes\.\*\.driver_opts\.type$/,
    values: [{ value: 'none', detail: 'with o: bind' }, { value: 'nfs' }, { value: 'tmpfs' }, { value: 'cifs' }],
  },
  { at: /^volumes\.\*\.driver_opts\.o$/, values: [{ value: 'bind' }] },
  { at: /^user$/, values: [{ value: '"1000:1000"', detail: 'the first person of most Linux machines' }] },
];

/** Keys that people choose, where some are usual. */
const names: readonly { readonly at: RegExp; readonly values: readonly Value[] }[] = [
  {
    at: /^ulimits$/,
    values: [
      { value: 'memlock', detail: 'locked memory: RDMA, NCCL' },
      { value: 'stack' },
      { value: 'nofile', detail: 'open files' },
      { value: 'nproc', detail: 'processes' },
      { value: 'core' },
      { value: 'rtprio' },
    ],
  },
  {
    at: /^logging\.options$/,
    values: [
      { value: 'max-size', detail: 'of one file, e.g. 10m' },
      { value: 'max-file', detail: 'how many files' },
      { value: 'tag' },
      { value: 'labels' },
    ],
  },
  {
    at: /^sysctls$/,
    values: [{ value: 'net.core.somaxconn' }, { value: 'net.ipv4.ip_unprivileged_port_start' }, { value: 'kernel.shmmax' }],
  },
  {
    at: /^volumes\.\*\.driver_opts$/,
    values: [
      { value: 'type', detail: 'none, nfs, tmpfs or cifs' },
      { value: 'o', detail: 'options of the mount, e.g. bind' },
      { value: 'device', detail: 'what is mounted: a path, or :/export of an NFS server' },
    ],
  },
  { at: /^extra_hosts$/, values: [{ value: 'host.docker.internal', detail: 'the host: host-gateway' }] },
];

export const usualValues = (path: string): readonly Value[] => rows.find(({ at }) => at.test(path))?.values ?? [];
export const usualNames = (path: string): readonly Value[] => names.find(({ at }) => at.test(path))?.values ?? [];

/** Variables that programs of machine learning read, whatever the image. */
export const usualVariables: readonly Value[] = [
  { value: 'CUDA_VISIBLE_DEVICES', detail: 'the GPUs a program sees, counted inside the container' },
  { value: 'NVIDIA_VISIBLE_DEVICES', detail: 'the GPUs the NVIDIA runtime gives' },
  { value: 'NVIDIA_DRIVER_CAPABILITIES', detail: 'parts of the driver: compute,utility' },
  { value: 'HF_HOME', detail: 'where Hugging Face keeps models; mount a volume there' },
  { value: 'HF_TOKEN', detail: 'access to gated models; take it from .env' },
  { value: 'HF_HUB_OFFLINE', detail: '1: nothing is downloaded' },
  { value: 'TORCH_HOME', detail: 'where torch.hub keeps weights' },
  { value: 'OMP_NUM_THREADS', detail: 'threads a process computes with' },
  { value: 'NCCL_DEBUG', detail: 'INFO says what NCCL does' },
  { value: 'PYTORCH_CUDA_ALLOC_CONF', detail: 'e.g. expandable_segments:True' },
  { value: 'PYTHONUNBUFFERED', detail: '1: logs come at once' },
  { value: 'MLFLOW_TRACKING_URI', detail: 'where runs are recorded' },
  { value: 'TZ', detail: 'the time zone' },
];
