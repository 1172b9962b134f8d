import type { ContainerDetails } from './details.ts';

/** What the views, commands and panels need from a container engine. Plain data in, plain data out; no `vscode`, no `dockerode`. */
export interface EngineClient {
  readonly endpoint: Endpoint;
  /** Answers when the engine does. */
  ping(): Promise<void>;
  info(): Promise<EngineInfo>;

  containers(): Promise<readonly Container[]>;
  images(): Promise<readonly Image[]>;
  volumes(): Promise<readonly Volume[]>;
  networks(): Promise<readonly Network[]>;
  /** What the list does not say of a container. */
  details(container: string): Promise<ContainerDetails>;
  /** The engine's own record, as `docker inspect` prints it. */
  inspect(kind: ResourceKind, id: string): Promise<unknown>;

  start(container: string): Promise<void>;
  stop(container: string): Promise<void>;
  restart(container: string): Promise<void>;
  pause(container: string): Promise<void>;
  unpause(container: string): Promise<void>;
  kill(container: string, signal: string): Promise<void>;
  rename(container: string, name: string): Promise<void>;
  removeContainer(container: string, options: { readonly force: boolean; readonly volumes: boolean }): Promise<void>;
  /** Removes one name of an image, or, by id, all of it. */
  removeImage(reference: string, options: { readonly force: boolean }): Promise<void>;
  removeVolume(name: string): Promise<void>;
  removeNetwork(id: string): Promise<void>;
  createVolume(name: string): Promise<void>;
  createNetwork(name: string, options: { readonly driver?: string; readonly internal?: boolean }): Promise<void>;
  connect(network: string, container: string): Promise<void>;
  disconnect(network: string, container: string): Promise<void>;
  tag(image: string, reference: string): Promise<void>;
  /** Yields how the layers come; ends when the image is there. */
  pull(reference: string, signal: AbortSignal): AsyncIterable<TransferProgress>;
  /** Removes what nothing uses; answers how much that was. */
  prune(kind: ResourceKind | 'build', options?: { readonly all?: boolean }): Promise<Pruned>;
  diskUsage(): Promise<DiskUsage>;

  /** The bytes as the engine sends them: framed unless the container has a TTY. Each line, or piece of a long one, begins with its RFC 3339 time. */
  logs(container: string, wanted: LogsWanted): Promise<{ readonly tty: boolean; readonly chunks: AsyncIterable<Uint8Array> }>;
  /** What it writes from now on, as it writes it: the log has only lines that have ended. Framed as the log is. */
  attach(container: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Runs a program inside and waits for its end. */
  exec(container: string, command: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<ExecResult>;
  top(container: string): Promise<ProcessTable>;
  /** What an image is made of, the newest layer first. */
  history(image: string): Promise<readonly Layer[]>;
  /** A file or folder of a container, running or not, as a tar stream. */
  archive(container: string, path: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;

  /** What happens, from now on until the signal; throws when the engine goes away. `onOpen` is called once nothing can be missed. */
  changes(signal: AbortSignal, onOpen?: () => void): AsyncIterable<Change>;
  /** Ends every open stream. */
  close(): void;
}

/** Where an engine is, and what the command line needs to reach the same one. */
export interface Endpoint {
  /** The Docker context's name; `default` when none was chosen. */
  readonly context: string;
  /** `unix:///…`, `npipe:////…`, `tcp://…`, `ssh://…`. */
  readonly host: string;
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly verify: boolean };
  /** What `docker` has to be started with to talk to this engine. */
  readonly env: Readonly<Record<string, string>>;
}

/** What the engine says of its machine. */
export interface EngineInfo {
  /** As `uname -m` has it. */
  readonly architecture: string;
  readonly runtimes: readonly string[];
  /** Devices it found in CDI specifications, where it says so. */
  readonly cdiDevices: readonly string[];
}

export type ResourceKind = 'container' | 'image' | 'volume' | 'network';

export const containerStates = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;
export type ContainerState = (typeof containerStates)[number];
export type Health = 'starting' | 'healthy' | 'unhealthy';

export interface Container {
  readonly kind: 'container';
  readonly id: string;
  readonly name: string;
  readonly names: readonly string[];
  /** The reference it was started with, or an id when the tag has moved on. */
  readonly image: string;
  readonly imageId: string;
  readonly command: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly state: ContainerState;
  /** The engine's words: `Up 3 minutes (healthy)`. */
  readonly status: string;
  readonly health?: Health;
  readonly exitCode?: number;
  readonly ports: readonly Port[];
  readonly labels: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly networks: readonly Attachment[];
  /** The Compose project, or Swarm stack, and the service that it belongs to. */
  readonly project?: string;
  readonly service?: string;
  /** Filled in a moment after the list, for containers that run or ended badly. */
  readonly details?: ContainerDetails;
}

/** A port of a container, and where it is published. */
export interface Port {
  readonly container: number;
  readonly protocol: string;
  readonly host?: number;
  readonly address?: string;
}

export interface Mount {
  /** `bind`, `volume`, `tmpfs`, or whatever a newer engine calls it. */
  readonly type: string;
  readonly name?: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface Attachment {
  readonly network: string;
  readonly address?: string;
}

/** One name of an image; an image with two names is two of these, one without a name is one without `reference`. */
export interface Image {
  readonly kind: 'image';
  readonly id: string;
  readonly reference?: string;
  readonly size: number;
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Volume {
  readonly kind: 'volume';
  /** Its name. */
  readonly id: string;
  readonly driver: string;
  readonly mountpoint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly created: number;
}

export interface Network {
  readonly kind: 'network';
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly scope: string;
  readonly internal: boolean;
  readonly subnets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly created: number;
}

/** Something happened to one thing; `action` is the engine's word, `health_status: healthy` included. */
export interface Change {
  readonly kind: ResourceKind;
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LogsWanted {
  /** The last so many lines; all when absent. */
  readonly tail?: number;
  /** Seconds since 1970, fractions allowed. */
  readonly since?: number;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

export interface ExecResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
/** One step of an image’s making; steps that only set something have no bytes. */
export interface Layer {
  readonly bytes: number;
  /** The instruction, as the builder wrote it down. */
  readonly by: string;
}
export interface ProcessTable {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
export interface TransferProgress {
  readonly layer?: string;
  readonly status: string;
  readonly current?: number;
  readonly total?: number;
}
export interface Pruned {
  readonly count: number;
  readonly bytes: number;
}
export interface DiskUsage {
  readonly images: number;
  readonly containers: number;
  readonly volumes: number;
  readonly buildCache: number;
  readonly volumeSizes: Readonly<Record<string, number>>;
}
