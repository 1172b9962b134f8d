import type { GpuRequest } from '../engine/details.ts';
import type { Container, Image, Network, Volume } from '../engine/engine.ts';

/** What a tree shows, as plain data; `client/vscode/tree.ts` makes tree items of it. */
export interface ViewNode {
  /** Never changes while the thing lives, so that selection and expansion survive: it holds no state. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  /** Markdown. */
  readonly tooltip?: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken?: string;
  readonly subject?: Subject;
  readonly children?: readonly ViewNode[];
  /** Open until a person closes it. */
  readonly open?: boolean;
  /** What a click does: the id of one of our commands, and its arguments. */
  readonly click?: { readonly command: string; readonly title: string; readonly args?: readonly string[] };
}

/** An icon and a colour of the theme. */
export interface Icon {
  readonly name: string;
  readonly color?: string;
}

/** The things a node can stand for. */
export type Subject = Container | Image | Volume | Network | Project | PublishedPort | Fact | DockerContext | Gpu;
export type Kind = Subject['kind'];
export type SubjectOf<K extends Kind> = Extract<Subject, { kind: K }>;

/** A Compose project: the containers that carry its label. */
export interface Project {
  readonly kind: 'project';
  /** Its name. */
  readonly id: string;
  readonly name: string;
  readonly containers: readonly Container[];
}

/** A TCP port of a container that can be reached from the engine's host. */
export interface PublishedPort {
  readonly kind: 'port';
  readonly id: string;
  readonly container: Container;
  readonly port: number;
  readonly host: number;
  readonly address: string;
}

/** A line that only tells something; it can be copied. */
export interface Fact {
  readonly kind: 'fact';
  readonly id: string;
  readonly value: string;
}

/** A Docker context. */
export interface DockerContext {
  readonly kind: 'context';
  /** Its name. */
  readonly id: string;
  readonly host: string;
  readonly description: string;
  /** Whether the views show this one. */
  readonly current: boolean;
  /** Why it cannot be used, where that is known. */
  readonly problem?: string;
}

/** A GPU of the engine's host. */
export interface Gpu {
  readonly kind: 'gpu';
  /** Its UUID. */
  readonly id: string;
  readonly name: string;
}

/** The adjectives a command may ask of its subject; they are also in the node's contextValue. */
const traits: { readonly [K in Kind]: (subject: SubjectOf<K>) => readonly string[] } = {
  container: (container) => [
    container.state,
    ...(container.details?.gpus.length ? ['gpu'] : []),
    ...(container.ports.some(({ host, protocol }) => host !== undefined && protocol === 'tcp') ? ['published'] : []),
    ...(container.project !== undefined ? ['compose'] : []),
  ],
  project: ({ containers }) => [
    ...(containers.some(({ state }) => state === 'running' || state === 'restarting') ? ['running'] : []),
    ...(containers.some(({ state }) => state === 'paused') ? ['paused'] : []),
    ...(containers.some(({ state }) => state === 'exited' || state === 'dead') ? ['exited'] : []),
    ...(containers.some(({ state }) => state === 'created') ? ['created'] : []),
  ],
  image: ({ reference }) => [reference === undefined ? 'dangling' : 'tagged'],
  volume: () => [],
  network: (network) => [isBuiltIn(network) ? 'builtin' : 'own'],
  port: () => ['published'],
  fact: () => [],
  context: ({ current, problem }) => [current ? 'current' : 'other', ...(problem === undefined ? [] : ['broken'])],
  gpu: () => [],
};

export function traitsOf(subject: Subject): readonly string[] {
  const of = traits[subject.kind] as (subject: Subject) => readonly string[];
  return of(subject);
}

/** `+container+running+gpu`: what the menus' conditions look at. */
export function contextValue(subject: Subject): string {
  return [subject.kind, ...traitsOf(subject)].map((word) => `+${word}`).join('');
}

/** Networks that the engine makes by itself and that cannot be removed. */
export function isBuiltIn({ name, driver }: Network): boolean {
  return ['bridge', 'host', 'none', 'ingress', 'docker_gwbridge'].includes(name) && ['bridge', 'host', 'null', 'overlay'].includes(driver);
}

/** The GPUs a container asked for, in few words. */
export function gpuWords(requests: readonly GpuRequest[]): string {
  return requests
    .map((request) => {
      switch (request.kind) {
        case 'all':
          return 'all GPUs';
        case 'count':
          return request.count === 1 ? '1 GPU' : `${request.count} GPUs`;
        case 'devices':
          return `GPU ${request.ids.map(shortGpu).join(', ')}`;
      }
    })
    .join(', ');
}

/** `nvidia.com/gpu=0` → `0`; a UUID by its beginning. */
function shortGpu(id: string): string {
  const name = id.slice(id.indexOf('=') + 1);
  return name.startsWith('GPU-') ? name.slice(0, 12) : name;
}
