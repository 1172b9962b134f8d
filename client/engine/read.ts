import {
  containerStates,
  type Container,
  type ContainerState,
  type Change,
  type EngineInfo,
  type Health,
  type Image,
  type Layer,
  type Mount,
  type Network,
  type Port,
  type ProcessTable,
  type Pruned,
  type DiskUsage,
  type ResourceKind,
  type TransferProgress,
  type Volume,
} from './engine.ts';
import { list, milliseconds, number, object, text, textRecord, texts } from './json.ts';

// What the engine's API sends → our plain resources. A record that lacks its identity is left out; anything else odd costs only that field.

export function readContainer(value: unknown): readonly Container[] {
  const record = object(value);
  const id = text(record['Id']);
  if (!id) return [];
  const names = texts(record['Names']).map((name) => name.replace(/^\//, ''));
  const status = text(record['Status']);
  const state = text(record['State']).toLowerCase();
  const known = containerStates.find((one) => one === state);
  const health = healthOf(status);
  const labels = textRecord(record['Labels']);
  const project = labels['com.docker.compose.project'] ?? labels['com.docker.stack.namespace'];
  const service = labels['com.docker.compose.service'];
  const exitCode = /^Exited \((\d+)\)/i.exec(status)?.[1];
  return [
    {
      kind: 'container',
      id,
      // The shortest is its own; the others are what linked containers call it.
      name: [...names].sort((a, b) => slashes(a) - slashes(b))[0] ?? id.slice(0, 12),
      names,
      image: text(record['Image']),
      imageId: text(record['ImageID']),
      command: text(record['Command']),
      created: milliseconds(record['Created']),
      state: known ?? stateOf(status),
      status,
      ...(health && { health }),
      ...(exitCode !== undefined && { exitCode: Number(exitCode) }),
      ports: list(record['Ports']).flatMap(readPort),
      labels,
      ...(project && { project }),
      ...(service && { service }),
      mounts: list(record['Mounts']).flatMap(readMount),
      networks: Object.entries(object(object(record['NetworkSettings'])['Networks'])).map(([network, attachment]) => {
        const address = text(object(attachment)['IPAddress']) || text(object(attachment)['GlobalIPv6Address']);
        return { network, ...(address && { address }) };
      }),
    },
  ];
}

const slashes = (name: string): number => name.split('/').length;

function healthOf(status: string): Health | undefined {
  const word = /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1];
  return word as Health | undefined;
}

function stateOf(status: string): ContainerState {
  if (/^Up\b.*\(Paused\)/.test(status)) return 'paused';
  if (/^Up\b/.test(status)) return 'running';
  return status ? 'exited' : 'created';
}

function readPort(value: unknown): readonly Port[] {
  const record = object(value);
  const container = number(record['PrivatePort']);
  if (!container) return [];
  const host = number(record['PublicPort']);
  const address = text(record['IP']);
  return [{ container, protocol: text(record['Type']) || 'tcp', ...(host && { host }), ...(address && { address }) }];
}

function readMount(value: unknown): readonly Mount[] {
  const record = object(value);
  const target = text(record['Destination']);
  if (!target) return [];
  const name = text(record['Name']);
  return [
    {
      type: text(record['Type']) || 'mount',
      source: text(record['Source']),
      target,
      readOnly: record['RW'] === false,
      ...(name && { name }),
    },
  ];
}

const named = (reference: string): boolean => !reference.includes('<none>');

export function readImage(value: unknown): readonly Image[] {
  const record = object(value);
  const id = text(record['Id']);
  if (!id) return [];
  const digests = texts(record['RepoDigests']).filter(named);
  const image = {
    kind: 'image',
    id,
    size: number(record['Size']),
    created: milliseconds(record['Created']),
    labels: textRecord(record['Labels']),
  } as const;
  const references = texts(record['RepoTags']).filter(named);
  // What was pulled by digest has no tag, but it does have a name.
  const names = references.length ? references : digests;
  return names.length ? names.map((reference) => ({ ...image, reference })) : [image];
}

export function readVolume(value: unknown): readonly Volume[] {
  const record = object(value);
  const id = text(record['Name']);
  if (!id) return [];
  return [
    {
      kind: 'volume',
      id,
      driver: text(record['Driver']),
      mountpoint: text(record['Mountpoint']),
      labels: textRecord(record['Labels']),
      created: milliseconds(record['CreatedAt']),
    },
  ];
}

export function readNetwork(value: unknown): readonly Network[] {
  const record = object(value);
  const id = text(record['Id']);
  if (!id) return [];
  return [
    {
      kind: 'network',
      id,
      name: text(record['Name']) || id.slice(0, 12),
      driver: text(record['Driver']),
      scope: text(record['Scope']),
      internal: record['Internal'] === true,
      subnets: list(object(record['IPAM'])['Config'])
        .map((config) => text(object(config)['Subnet']))
        .filter(Boolean),
      labels: textRecord(record['Labels']),
      created: milliseconds(record['Created']),
    },
  ];
}

export function readInfo(info: unknown): EngineInfo {
  const record = object(info);
  return {
    architecture: text(record['Architecture']),
    runtimes: Object.keys(object(record['Runtimes'])),
    cdiDevices: list(record['DiscoveredDevices'])
      .map((device) => text(object(device)['ID']))
      .filter(Boolean),
  };
}

const kinds: readonly string[] = ['container', 'image', 'volume', 'network'] satisfies readonly ResourceKind[];

export function readChange(value: unknown): readonly Change[] {
  const record = object(value);
  const actor = object(record['Actor']);
  const type = text(record['Type']);
  if (!kinds.includes(type)) return [];
  return [
    {
      kind: type as ResourceKind,
      action: text(record['Action']) || text(record['status']),
      id: text(actor['ID']) || text(record['id']),
      attributes: textRecord(actor['Attributes']),
    },
  ];
}

export function readTop(value: unknown): ProcessTable {
  const record = object(value);
  return { titles: texts(record['Titles']), rows: list(record['Processes']).map(texts) };
}

export function readLayer(value: unknown): Layer {
  const record = object(value);
  return { bytes: number(record['Size']), by: text(record['CreatedBy']) };
}

export function readTransfer(value: unknown): TransferProgress {
  const record = object(value);
  const detail = object(record['progressDetail']);
  const [layer, current, total] = [text(record['id']), number(detail['current']), number(detail['total'])];
  return { status: text(record['status']), ...(layer && { layer }), ...(total && { current, total }) };
}

export function readPruned(value: unknown): Pruned {
  const record = object(value);
  const gone = ['ContainersDeleted', 'ImagesDeleted', 'VolumesDeleted', 'NetworksDeleted', 'CachesDeleted'].flatMap((key) =>
    list(record[key]),
  );
  return { count: gone.length, bytes: number(record['SpaceReclaimed']) };
}

export function readDiskUsage(value: unknown): DiskUsage {
  const record = object(value);
  const sum = (key: string, size: (item: Readonly<Record<string, unknown>>) => number): number =>
    list(record[key]).reduce<number>((total, item) => total + Math.max(0, size(object(item))), 0);
  const size = (volume: unknown): number => number(object(object(volume)['UsageData'])['Size']);
  return {
    images: number(record['LayersSize']),
    containers: sum('Containers', ({ SizeRw }) => number(SizeRw)),
    volumes: sum('Volumes', size),
    buildCache: sum('BuildCache', ({ Size, Shared }) => (Shared === true ? 0 : number(Size))),
    volumeSizes: Object.fromEntries(list(record['Volumes']).map((volume) => [text(object(volume)['Name']), size(volume)])),
  };
}
