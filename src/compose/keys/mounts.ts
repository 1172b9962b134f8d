import { closed, either, flag, formatted, key, list, map, pairs, set, suggest, text, wholeSize, word, type Shape } from './key.ts';

/** `services.NAME.volumes`. */
export const mounts: Shape = set(
  either(
    text,
    map(
      {
        type: key(word('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'), 'What is mounted: a path of the host, a volume, memory …'),
        source: key(text, 'The path of the host (bind), the name of the volume, or the image.'),
        target: key(text, 'The path in the container.'),
        read_only: key(flag, 'The container may only read.', { ml: 'Right for datasets and for weights that are only served.' }),
        consistency: key(suggest('consistent', 'cached', 'delegated'), 'Has no effect any more.'),
        bind: key(
          map({
            propagation: key(suggest('rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'), 'How mounts below it are shared.'),
            create_host_path: key(flag, 'Create the folder on the host when it is missing. True unless said otherwise.', {
              ml: 'Set it to false for datasets: an empty folder owned by root is a hard error to see.',
            }),
            recursive: key(word('enabled', 'disabled', 'writable', 'readonly'), 'Whether mounts below it come with it.'),
            selinux: key(word('z', 'Z'), 'The SELinux label: `z` shared, `Z` private.'),
          }),
          'Only for binds.',
        ),
        volume: key(
          map({
            labels: key(pairs('label'), 'Labels of the volume.', { since: '2.35' }),
            nocopy: key(flag, "Do not copy the image's files into a new volume."),
            subpath: key(text, 'A folder in the volume to mount instead of its top.', { since: '2.25' }),
          }),
          'Only for volumes.',
        ),
        tmpfs: key(
          map({
            size: key(either({ kind: 'integer', min: 0 }, formatted('size')), 'The most memory it may take.', {
              unit: 'bytes, or 64m, 2gb',
            }),
            mode: key(
              { kind: 'number', min: 0 },
              'The rights of its top folder, in octal. A number without quotes, so that no variable can give it.',
            ),
          }),
          'Only for tmpfs.',
        ),
        image: key(map({ subpath: key(text, 'A path in the image to mount.') }), 'Only for images.', { since: '2.35' }),
      },
      { required: ['type'] },
    ),
  ),
);

/** `services.NAME.ports`. */
export const ports: Shape = set(
  either(
    { kind: 'number' },
    text,
    map(
      {
        name: key(text, 'A name for people to read.'),
        target: key(either({ kind: 'integer', min: 0 }, { kind: 'string', format: 'integer' }), 'The port in the container.'),
        published: key(either(text, { kind: 'integer' }), 'The port of the host, or a range such as `8080-8090`.'),
        host_ip: key(text, 'The address of the host it listens on; 127.0.0.1 keeps it to this machine.', {
          ml: 'Without it Jupyter, MLflow and Ray dashboards are open to the whole network.',
        }),
        protocol: key(suggest('tcp', 'udp', 'sctp'), 'tcp unless said otherwise.'),
        app_protocol: key(suggest('http', 'https', 'grpc'), 'What speaks on the port, for tools to know.', { since: '2.26' }),
        mode: key(suggest('host', 'ingress'), 'Swarm: on each node itself, or spread.'),
      },
      { required: ['target'] },
    ),
  ),
);

/** `services.NAME.devices`. */
export const devices: Shape = list(
  either(
    text,
    map(
      {
        source: key(text, 'The device on the host, or a CDI name such as `nvidia.com/gpu=all`.'),
        target: key(text, 'Its path in the container.'),
        permissions: key(suggest('rwm', 'rw', 'r'), 'Read, write, make nodes.'),
      },
      { required: ['source', 'target'] },
    ),
  ),
);

const limits = list(closed({ path: key(text, 'The device, e.g. /dev/sda.'), rate: key(wholeSize, 'The most, a second.') }));

/** `services.NAME.blkio_config`. */
export const blkio: Shape = closed({
  device_read_bps: key(limits, 'The most bytes a second read from a device.', { unit: 'bytes, or 10mb' }),
  device_read_iops: key(limits, 'The most reads a second from a device.'),
  device_write_bps: key(limits, 'The most bytes a second written to a device.', { unit: 'bytes, or 10mb' }),
  device_write_iops: key(limits, 'The most writes a second to a device.'),
  weight: key({ kind: 'integer', min: 0 }, 'The share of the disks it gets, 10 to 1000.'),
  weight_device: key(
    list(
      closed({
        path: key(text, 'The device.'),
        weight: key({ kind: 'integer', min: 0 }, 'The share, 10 to 1000.'),
      }),
    ),
    'The share by device.',
  ),
});
