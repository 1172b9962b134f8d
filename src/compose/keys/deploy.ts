import { reservations } from './devices.ts';
import {
  count,
  duration,
  either,
  formatted,
  integer,
  key,
  list,
  map,
  nothing,
  number,
  pairs,
  suggest,
  text,
  wholeAsText,
  word,
  type Keys,
  type Shape,
} from './key.ts';

const memory = formatted('size');

const rollout: Keys = {
  parallelism: key(count, 'How many containers at once; 0 is all.'),
  delay: key(duration, 'The time to wait between two groups of containers.', { unit: 'duration' }),
  failure_action: key(suggest('continue', 'pause', 'rollback'), 'What to do when it fails.'),
  monitor: key(duration, 'How long a new container is watched for failure.', { unit: 'duration' }),
  max_failure_ratio: key(number, 'The share of failures that is accepted, 0 to 1.'),
  order: key(word('start-first', 'stop-first'), 'Start the new container before or after the old one stops.', {
    ml: 'start-first needs room for both on the GPU.',
  }),
};

const generic = list(
  map({
    discrete_resource_spec: key(
      map({
        kind: key(text, 'The kind of resource, as the nodes of the swarm name it.'),
        value: key(wholeAsText, 'How many of it.'),
      }),
      'A resource that is counted.',
    ),
  }),
);

/** `services.NAME.deploy`. */
export const deploy: Shape = either(
  nothing,
  map({
    mode: key(suggest('replicated', 'global', 'replicated-job', 'global-job'), 'How containers are spread in a swarm.'),
    endpoint_mode: key(suggest('vip', 'dnsrr'), 'How clients find the service in a swarm.'),
    replicas: key(integer, 'How many containers of this service run.', {
      ml: 'Each replica asks for its own GPUs and its own host port.',
    }),
    labels: key(pairs('label'), 'Labels of the service (not of its containers).'),
    update_config: key(map(rollout), 'How an update is rolled out in a swarm.'),
    rollback_config: key(map(rollout), 'How an update is taken back in a swarm.'),
    resources: key(
      map({
        limits: key(
          map({
            cpus: key(number, 'The most CPU time, in cores: 0.5 is half a core.', { unit: 'cores' }),
            memory: key(memory, 'The most memory; processes beyond it are killed (exit code 137).', { unit: 'bytes, or 512m, 8gb' }),
            pids: key(integer, 'The most processes and threads.', { ml: 'Data loaders and BLAS threads count here.' }),
          }),
          'What the service may use at most. GPUs go under `reservations`.',
        ),
        reservations: key(
          map({
            cpus: key(number, 'The CPU time that is kept for it.', { unit: 'cores' }),
            memory: key(memory, 'The memory that is kept for it.', { unit: 'bytes, or 512m, 8gb' }),
            generic_resources: key(generic, 'Resources that a swarm counts.'),
            devices: key(reservations, 'GPUs and other devices for the container.', {
              ml: 'The form that works in every Compose v2: driver nvidia, count or device_ids, capabilities [gpu].',
            }),
          }),
          'What the service needs at least, GPUs among it.',
        ),
      }),
      'Limits and reservations of CPU, memory and devices.',
    ),
    restart_policy: key(
      map({
        condition: key(suggest('none', 'on-failure', 'any'), 'When to start it again.'),
        delay: key(duration, 'The time between two attempts.', { unit: 'duration' }),
        max_attempts: key(count, 'How often to try before giving up.'),
        window: key(duration, 'How long it must run to count as started.', { unit: 'duration' }),
      }),
      'Whether and how containers are started again when they end.',
    ),
    placement: key(
      map({
        constraints: key(list(text), 'Nodes of a swarm that may run it, e.g. `node.labels.gpu==true`.'),
        preferences: key(list(map({ spread: key(text, 'The node label to spread over.') })), 'How to spread containers over nodes.'),
        max_replicas_per_node: key(count, 'The most containers on one node.'),
      }),
      'Where in a swarm containers may run.',
    ),
  }),
);
