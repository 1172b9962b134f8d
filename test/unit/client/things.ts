import type { Container, Image, Network, Volume } from '../../../client/engine/engine.ts';

// Plain things for tests of views and commands.

export const container = (part: Partial<Container>): Container => ({
  kind: 'container',
  id: 'c'.repeat(64),
  name: 'trainer',
  names: ['trainer'],
  image: 'torch:2.7',
  imageId: `sha256:${'1'.repeat(64)}`,
  command: 'python train.py',
  created: 0,
  state: 'running',
  status: 'Up 3 minutes',
  ports: [],
  labels: {},
  mounts: [],
  networks: [],
  ...part,
});

export const image = (part: Partial<Image>): Image => ({
  kind: 'image',
  id: `sha256:${'1'.repeat(64)}`,
  size: 4_300_000_000,
  created: 0,
  labels: {},
  ...part,
});

export const volume = (id: string): Volume => ({
  kind: 'volume',
  id,
  driver: 'local',
  mountpoint: `/var/lib/docker/volumes/${id}/_data`,
  labels: {},
  created: 0,
});

export const network = (name: string): Network => ({
  kind: 'network',
  id: name.padEnd(64, '0'),
  name,
  driver: 'bridge',
  scope: 'local',
  internal: false,
  subnets: ['172.17.0.0/16'],
  labels: {},
  created: 0,
});
