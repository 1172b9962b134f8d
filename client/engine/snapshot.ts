import type { Container, Endpoint, EngineInfo, Image, Network, Volume } from './engine.ts';
import type { Reason } from './failure.ts';

/** All that is known of an engine at one moment. Lists that did not change are the same arrays as before. */
export interface Snapshot {
  readonly connection: Connection;
  readonly containers: readonly Container[];
  readonly images: readonly Image[];
  readonly volumes: readonly Volume[];
  readonly networks: readonly Network[];
  /** Ids of things that a command is at work on. */
  readonly busy: ReadonlySet<string>;
}

export type Connection =
  | { readonly state: 'connecting'; readonly endpoint?: Endpoint }
  | { readonly state: 'connected'; readonly endpoint: Endpoint; readonly info?: EngineInfo }
  | { readonly state: 'failed'; readonly endpoint?: Endpoint; readonly reason: Reason; readonly message: string };

export const emptySnapshot: Snapshot = {
  connection: { state: 'connecting' },
  containers: [],
  images: [],
  volumes: [],
  networks: [],
  busy: new Set(),
};
