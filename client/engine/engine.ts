// What the views and commands need from a container engine. Plain data in, plain data out; no vscode, no dockerode.

export type ResourceKind = 'container' | 'image' | 'volume' | 'network';

/** What went wrong, as far as a program can tell. The sentence for the person is written in `sentences.ts`. */
export type Reason = 'unreachable' | 'denied' | 'missing' | 'conflict' | 'unsupported' | 'cancelled' | 'failed';

/** An engine's refusal or silence. `message` is the engine's own words. */
export class EngineError extends Error {
  readonly reason: Reason;
  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type Health = 'starting' | 'healthy' | 'unhealthy';

/** A published or exposed port. `host` and `address` are absent when it is only exposed. */
export interface Port {
  readonly container: number;
  readonly protocol: string;
  readonly host?: number;
  readonly address?: string;
}

export interface Container {
  readonly kind: 'container';
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  /** The engine's own words: `Up 3 minutes (healthy)`, `Exited (137) 2 hours ago`. */
  readonly status: string;
  readonly health?: Health;
  readonly exitCode?: number;
  readonly ports: readonly Port[];
  readonly labels: Readonly<Record<string, string>>;
  /** The Compose project and service it belongs to. */
  readonly project?: string;
  readonly service?: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export interface Image {
  readonly kind: 'image';
  readonly id: string;
  /** `name:tag`; absent for an image without a name. */
  readonly reference?: string;
  /** All names of the same image. */
  readonly references: readonly string[];
  /** Bytes. */
  readonly size: number;
  readonly created: number;
}

export interface Volume {
  readonly kind: 'volume';
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly project?: string;
  readonly created?: number;
}

export interface Network {
  readonly kind: 'network';
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly project?: string;
  /** Made by the engine itself: cannot be removed. */
  readonly builtIn: boolean;
}

export interface Resources {
  readonly container: Container;
  readonly image: Image;
  readonly volume: Volume;
  readonly network: Network;
}
export type Resource = Resources[ResourceKind];

/** What an engine says about itself. */
export interface EngineInfo {
  readonly name: string;
  readonly version: string;
  readonly os: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly runtimes: readonly string[];
  /** CDI devices that containers may ask for, e.g. `nvidia.com/gpu=0`. */
  readonly cdiDevices: readonly string[];
}

/** One event: something of this kind changed. `action` is the engine's word: `start`, `die`, `tag`. */
export interface Change {
  readonly kind: ResourceKind;
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LogOptions {
  readonly tail?: number | 'all';
  /** Seconds since 1970, fractions allowed. */
  readonly since?: number;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** A process run in a container. */
export interface ExecResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a removal freed, in bytes. */
export interface Pruned {
  readonly removed: number;
  readonly bytes: number;
}

/** One engine, reached through one address. Every method rejects with `EngineError`. */
export interface EngineClient {
  /** Where it listens, for people: `unix:///var/run/docker.sock`. */
  readonly address: string;
  info(): Promise<EngineInfo>;
  containers(): Promise<readonly Container[]>;
  images(): Promise<readonly Image[]>;
  volumes(): Promise<readonly Volume[]>;
  networks(): Promise<readonly Network[]>;
  /** The engine's whole answer about one thing. */
  inspect(kind: ResourceKind, id: string): Promise<unknown>;
  start(id: string): Promise<void>;
  /** Asks it to end, and kills it after its stop timeout. Stopping what is stopped is no error. */
  stop(id: string): Promise<void>;
  restart(id: string): Promise<void>;
  pause(id: string): Promise<void>;
  unpause(id: string): Promise<void>;
  kill(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(kind: ResourceKind, id: string, options: { readonly force: boolean }): Promise<void>;
  prune(kind: ResourceKind): Promise<Pruned>;
  /** The raw log: frames of a multiplexed stream, or plain bytes when the container has a terminal (`tty`). Each line begins with its RFC 3339 time. */
  logs(id: string, options: LogOptions): Promise<{ readonly tty: boolean; readonly chunks: AsyncIterable<Uint8Array> }>;
  exec(id: string, command: readonly string[], signal?: AbortSignal): Promise<ExecResult>;
  /** Yields every change until aborted; ends or rejects when the connection is lost. `onOpen` is called once events flow. */
  changes(signal: AbortSignal, onOpen: () => void): AsyncIterable<Change>;
}
