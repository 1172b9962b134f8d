import { build } from './build.ts';
import { deploy } from './deploy.ts';
import { develop } from './develop.ts';
import { gpus } from './devices.ts';
import { grants } from './grants.ts';
import { healthcheck } from './healthcheck.ts';
import { hook, preStartHook } from './hooks.ts';
import * as K from './key.ts';
import { blkio, devices, mounts, ports } from './mounts.ts';
import { ulimits } from './ulimits.ts';

const { closed, command, duration, either, flag, formatted, hosts, integer, key, list, map, named, names, wholeAsText } = K;
const { nothing, number, options, pairs, set, size, suggest, text, textOrTexts, texts, word } = K;

const given = either(text, { kind: 'number' }, { kind: 'boolean' });
const bytes = { unit: 'bytes, or 512m, 8gb' };

const rows: K.Keys = {
  image: key(text, 'The image to run, `name:tag`. With `build` it is the name the built image gets.', {
    ml: 'Say the CUDA version in the tag; `latest` changes it under you.',
  }),
  build: key(build, 'How to build the image from a Dockerfile: a folder, or the long form.'),
  command: key(command, "Replaces the image's CMD: a text, or a list that is taken as it is."),
  entrypoint: key(command, "Replaces the image's ENTRYPOINT, and its CMD is forgotten."),
  container_name: key(
    { kind: 'string', pattern: { matches: /[a-zA-Z0-9][a-zA-Z0-9_.-]+/, says: 'two or more letters, digits, «_», «.» or «-»' } },
    'A fixed name for the container. Excludes more than one replica.',
  ),
  depends_on: key(
    either(
      texts,
      named(
        'service',
        closed(
          {
            condition: key(
              word('service_started', 'service_healthy', 'service_completed_successfully'),
              'What to wait for: started, healthy by its health check, or ended with success.',
              { ml: '`service_completed_successfully` for a job that downloads weights or migrates the database.' },
            ),
            restart: key(flag, 'Restart this service when Compose restarts that one.', { since: '2.17' }),
            required: key({ kind: 'boolean' }, 'False: only warn when that service is missing.', { since: '2.20' }),
          },
          { required: ['condition'], extensions: true },
        ),
        { names },
      ),
    ),
    'Services that start first. The short form waits until they are started, not until they can answer.',
  ),
  environment: key(pairs('variable'), 'Variables in the container. A name without value takes it from the shell or `.env`.', {
    ml: 'Values are seen by everyone who can inspect the container: tokens belong in secrets.',
  }),
  env_file: key(
    either(
      text,
      list(
        either(
          text,
          closed(
            {
              path: key(text, 'The file, relative to this one.'),
              required: key(flag, 'False: go on when it is missing.', { since: '2.24' }),
              format: key(
                { kind: 'string', suggestions: ['raw'], pattern: { matches: /^(?:raw)?$/, says: '«raw»' } },
                '`raw` takes values as they are, without quotes or variables.',
                { since: '2.30' },
              ),
            },
            { required: ['path'] },
          ),
        ),
      ),
    ),
    'Files with `NAME=value` lines for the container. Not the same as `.env`, which fills in this file.',
  ),
  ports: key(ports, 'Ports of the container on the host: `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`.', {
    ml: 'Begin with 127.0.0.1: to keep notebooks and dashboards off the network.',
  }),
  expose: key(set(either(text, { kind: 'number' })), 'Ports that only other services reach. Documentation, mostly.'),
  volumes: key(mounts, 'Volumes and folders of the host: `SOURCE:TARGET[:ro]`.', {
    ml: 'Mount the model cache (e.g. ~/.cache/huggingface) so that weights are downloaded once.',
  }),
  volumes_from: key(texts, 'All mounts of another service, or of `container:NAME`, with `:ro` to read only.'),
  networks: key(
    either(texts, {
      ...closed({}),
      others: either(
        map({
          aliases: key(texts, 'More names it answers to on this network.'),
          ipv4_address: key(text, 'A fixed IPv4 address within the subnet.'),
          ipv6_address: key(text, 'A fixed IPv6 address within the subnet.'),
          link_local_ips: key(texts, 'Link-local addresses.'),
          mac_address: key(text, 'A fixed MAC address.', { since: '2.23.2' }),
          interface_name: key(text, 'The name of the network interface in the container.', { since: '2.36' }),
          driver_opts: key(options, 'Options for the driver.'),
          priority: key({ kind: 'number' }, 'The order in which networks are joined; higher first.'),
          gw_priority: key({ kind: 'number' }, 'The network with the highest gives the default gateway.', { since: '2.33' }),
        }),
        nothing,
      ),
      named: 'network',
      names,
    }),
    'Networks of the top-level `networks` that it joins. Services find each other by name on a shared one.',
  ),
  network_mode: key(
    suggest('host', 'none', 'bridge'),
    'Another way to be on the network: `host`, `none`, `service:NAME`, `container:NAME`.',
    {
      ml: '`host` makes every port of the container a port of the machine; `ports` is then ignored or refused.',
    },
  ),
  healthcheck: key(healthcheck, 'How the engine finds out whether the container can do its work.'),
  restart: key(suggest('no', 'always', 'on-failure', 'unless-stopped'), 'When the engine starts a container again that has ended.', {
    ml: 'A training job wants `"no"` or `on-failure:3`: `always` begins it again when it is done.',
  }),
  deploy: key(deploy, 'Replicas, resources and devices; where GPUs are reserved.'),
  gpus: key(gpus, 'GPUs for the container: `all`, or a list of requests.', {
    since: '2.30',
    ml: 'Shorter than deploy.resources.reservations.devices, and capabilities may be left out.',
  }),
  runtime: key(suggest('runc', 'nvidia'), 'The OCI runtime.', {
    ml: '`runtime: nvidia` is the old way to a GPU and needs the runtime in the engine configuration; `gpus: all` needs none.',
  }),
  devices: key(devices, 'Devices of the host: `/dev/kfd`, or CDI names such as `nvidia.com/gpu=0`.', {
    ml: 'AMD GPUs need /dev/kfd and /dev/dri here, and the groups video and render.',
  }),
  device_cgroup_rules: key(texts, 'Devices it may open, as cgroup rules: `c 195:* rwm`.'),
  shm_size: key(size, 'The size of /dev/shm. 64 MB unless said otherwise.', {
    ...bytes,
    ml: 'PyTorch data loaders with workers and NCCL need gigabytes: with 64 MB they die of «bus error».',
  }),
  ipc: key(suggest('host', 'private', 'shareable', 'none'), 'Whose shared memory it uses: its own, `host`, or `service:NAME`.', {
    ml: '`host` is the other cure for a small /dev/shm.',
  }),
  ulimits: key(ulimits, 'Limits of processes, e.g. `memlock: -1`, `nofile`.', {
    ml: 'NCCL, RDMA and vLLM want `memlock: -1` and `stack: 67108864`.',
  }),
  mem_limit: key(size, 'The most memory; beyond it processes are killed (exit code 137).', bytes),
  mem_reservation: key(either(formatted('size'), { kind: 'integer' }), 'Memory that is kept for it when the host runs short.', bytes),
  mem_swappiness: key(either({ kind: 'integer' }, formatted('size')), 'How eagerly its pages are swapped out, 0 to 100.'),
  memswap_limit: key(
    either({ kind: 'number' }, formatted('size or -1')),
    'The most memory and swap together; -1 is no limit on swap.',
    bytes,
  ),
  cpus: key(number, 'The most CPU time, in cores: 1.5 is one and a half.', {
    unit: 'cores',
    ml: 'Set OMP_NUM_THREADS to match: libraries start a thread for every core of the host.',
  }),
  cpuset: key(text, 'The cores it may run on: `0-7`, `0,2`.', { ml: 'Choose cores of the NUMA node that the GPU is on.' }),
  cpu_shares: key(wholeAsText, 'Its weight when cores are short; 1024 is the usual.'),
  cpu_quota: key(wholeAsText, 'CPU time in each period.', { unit: 'microseconds' }),
  cpu_period: key(wholeAsText, 'The length of the period.', { unit: 'microseconds' }),
  cpu_count: key(either({ kind: 'integer', min: 0 }, formatted('integer')), 'Cores, for Windows containers.'),
  cpu_percent: key(either({ kind: 'integer', min: 0, max: 100 }, formatted('number')), 'The share of the CPUs, for Windows containers.', {
    unit: 'per cent',
  }),
  cpu_rt_period: key(wholeAsText, 'The period of the real-time scheduler.', { unit: 'microseconds' }),
  cpu_rt_runtime: key(wholeAsText, 'Real-time CPU time in that period.', { unit: 'microseconds' }),
  pids_limit: key(wholeAsText, 'The most processes and threads; -1 is no limit.'),
  blkio_config: key(blkio, 'Limits on reading from and writing to disks.'),
  user: key(text, 'The user, and group, that the process runs as: `1000:1000`.', {
    ml: 'Use your own ids to keep checkpoints on a bind mount from belonging to root.',
  }),
  group_add: key(set(either(text, { kind: 'integer' })), 'More groups for that user.', { ml: '`video` and `render` for AMD GPUs.' }),
  working_dir: key(text, 'The folder the process starts in.'),
  labels: key(pairs('label'), 'Labels of the container.'),
  label_file: key(either(text, list(text)), 'Files with labels.', { since: '2.32.2' }),
  annotations: key(pairs('annotation'), 'Annotations for the runtime.'),
  logging: key(
    map({
      driver: key(
        suggest('json-file', 'local', 'journald', 'syslog', 'fluentd', 'gelf', 'awslogs', 'gcplogs', 'splunk', 'none'),
        'Who keeps the logs. `docker logs` needs json-file, local or journald.',
      ),
      options: key(named('option', either(text, { kind: 'number' }, nothing)), 'Options such as `max-size: 10m` and `max-file: "3"`.', {
        ml: 'Progress bars fill json-file logs without end unless max-size is set.',
      }),
    }),
    'Where the output goes.',
  ),
  profiles: key(texts, 'Start it only when one of these profiles is chosen (`--profile`). Without profiles: always.', {
    ml: 'A `gpu` and a `cpu` profile let one file serve both machines.',
  }),
  extends: key(
    either(
      text,
      map(
        {
          service: key(text, 'The service to build on.'),
          file: key(either(nothing, text), 'The file it is in; this one without it.'),
        },
        { required: ['service'], lenient: true },
      ),
    ),
    'Takes over the keys of another service.',
  ),
  secrets: key(grants, 'Secrets it may read, as files in /run/secrets.', { ml: 'HF_TOKEN_PATH can point there.' }),
  configs: key(grants, 'Configuration files it gets.'),
  models: key(
    either(
      texts,
      named(
        'model',
        either(
          map({
            endpoint_var: key(text, 'The variable that gets the address of the model.'),
            model_var: key(text, 'The variable that gets the name of the model.'),
          }),
          nothing,
        ),
        { names },
      ),
    ),
    'Models of the top-level `models` that it talks to.',
    { since: '2.38' },
  ),
  provider: key(
    map(
      {
        type: key(text, 'The program that provides it: a Docker CLI plug-in or a binary on the PATH.'),
        options: key(named('option', either(given, list(given))), 'Options for that program.'),
      },
      { required: ['type'] },
    ),
    'The service is provided by something else than a container.',
    { since: '2.36' },
  ),
  develop: key(develop, 'What `docker compose watch` does.', { since: '2.22' }),
  scale: key(integer, 'How many containers run; the short form of deploy.replicas.'),
  init: key(flag, 'Run a small init as process 1 that passes signals on and collects ended children.', {
    ml: 'Data loaders and Jupyter kernels leave zombies without it.',
  }),
  stop_signal: key(suggest('SIGTERM', 'SIGINT', 'SIGQUIT'), 'The signal that asks the process to end.'),
  stop_grace_period: key(duration, 'The time from that signal to the kill. 10 s unless said otherwise.', {
    unit: 'duration, e.g. 1m30s',
    ml: 'Give training the time to write a checkpoint.',
  }),
  pre_start: key(list(preStartHook), 'Containers that run and end before the service starts.', { since: '5.0' }),
  post_start: key(list(hook), 'Commands run in the container after it has started.', { since: '2.30' }),
  pre_stop: key(list(hook), 'Commands run in the container before it is stopped.', { since: '2.30' }),
  privileged: key(flag, 'All rights of root on the host, all devices.', { ml: 'A GPU does not need it.' }),
  cap_add: key(texts, 'Linux capabilities to add, e.g. `SYS_PTRACE`, `IPC_LOCK`.'),
  cap_drop: key(texts, 'Linux capabilities to take away; `ALL` for every one.'),
  security_opt: key(texts, 'Options for AppArmor, SELinux and seccomp, e.g. `no-new-privileges:true`.'),
  read_only: key(flag, 'The root file system cannot be written to.', { ml: 'Caches in the home folder then need a volume or tmpfs.' }),
  tmpfs: key(textOrTexts, 'Folders that live in memory: `/tmp:size=1g`.'),
  hostname: key(text, 'The name the container calls itself.'),
  domainname: key(text, 'The domain the container says it is in.'),
  dns: key(textOrTexts, 'Name servers.'),
  dns_search: key(textOrTexts, 'Domains to search.'),
  dns_opt: key(texts, 'Options for the resolver.'),
  extra_hosts: key(hosts, 'Names and addresses for /etc/hosts, e.g. `host.docker.internal:host-gateway`.', {
    ml: 'The way to an Ollama or a tracking server that runs on the host itself.',
  }),
  links: key(texts, 'Old way to reach another service, under another name if wanted.', {
    deprecated: 'Services on one network find each other by name; use network aliases for other names.',
  }),
  external_links: key(texts, 'Old way to reach containers of other projects.', { deprecated: 'Share an external network instead.' }),
  mac_address: key(text, 'A fixed MAC address.', { deprecated: 'Engine 25 and later want it under the network.' }),
  platform: key(suggest('linux/amd64', 'linux/arm64'), 'What the image must be made for: `linux/amd64`.', {
    ml: 'linux/amd64 on an ARM machine is emulated: slow, and without GPU.',
  }),
  pull_policy: key(
    {
      kind: 'string',
      suggestions: ['always', 'missing', 'if_not_present', 'never', 'build', 'refresh', 'daily', 'weekly', 'every_12h'],
      pattern: {
        matches: /always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+/,
        says: 'always, never, missing, if_not_present, build, refresh, daily, weekly or every_<duration>',
      },
    },
    'When to pull the image.',
  ),
  pull_refresh_after: key(text, 'After which time to pull again, with `pull_policy: refresh`.', { unit: 'duration' }),
  attach: key(flag, 'False: leave its output out of `docker compose up`.', { since: '2.20' }),
  stdin_open: key(flag, 'Keep standard input open, as `docker run -i`.'),
  tty: key(flag, 'Give it a terminal, as `docker run -t`.'),
  sysctls: key(pairs('kernel parameter'), 'Kernel parameters of its name spaces.'),
  storage_opt: key(named('option', either(text, K.strictInteger, nothing)), 'Options of the storage driver, e.g. `size`.'),
  pid: key(either(text, nothing), 'Whose processes it sees: `host`, `service:NAME`, `container:NAME`.'),
  userns_mode: key(suggest('host'), 'The user name space.'),
  uts: key(suggest('host'), 'Whose host name it has.'),
  cgroup: key(word('host', 'private'), 'The cgroup name space.', { since: '2.15' }),
  cgroup_parent: key(text, 'The cgroup to be under.'),
  isolation: key(suggest('default', 'process', 'hyperv'), 'How a Windows engine isolates it.'),
  credential_spec: key(
    map({
      config: key(text, 'A config that holds it.'),
      file: key(text, 'A file that holds it.'),
      registry: key(text, 'A registry entry that holds it.'),
    }),
    'The managed service account of a Windows container.',
  ),
  oom_kill_disable: key(flag, 'Do not kill its processes when memory runs out.'),
  oom_score_adj: key(
    either({ kind: 'integer', min: -1000, max: 1000 }, formatted('integer')),
    'How likely it is killed when the host runs out of memory.',
  ),
  use_api_socket: key({ kind: 'boolean' }, 'Give it the engine socket and your registry credentials.', { since: '2.37' }),
};

/** `services.NAME`. */
export const service: K.MapShape = map(rows);
