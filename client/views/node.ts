import type { Container, Image, Network, Resource, Volume } from '../engine/engine.ts';

/** A Compose project, as the labels of its containers tell. */
export interface Project {
  readonly kind: 'project';
  readonly id: string;
  readonly name: string;
  readonly containers: readonly Container[];
  /** The files and the folder it was brought up with. */
  readonly files: readonly string[];
  readonly folder?: string;
}

/** A Docker context, as the tree needs it. */
export interface ContextSubject {
  readonly kind: 'context';
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly current: boolean;
}

/** The things a node can stand for. */
export type Subject = Resource | Project | ContextSubject;
export type Kind = Subject['kind'];
export type SubjectOf<K extends Kind> = Extract<Subject, { kind: K }>;

/** What a tree shows, as plain data. `client/vscode/treeView.ts` turns it into a TreeItem. */
export interface ViewNode {
  /** Never changes while the resource lives, so that selection and expansion survive a refresh: no state in it. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Markdown. */
  readonly tooltip?: string;
  /** A codicon's name. */
  readonly icon?: string;
  /** A theme colour for the icon, e.g. `testing.iconPassed`. */
  readonly color?: string;
  /** What a screen reader says. */
  readonly spoken?: string;
  readonly subject?: Subject;
  readonly children?: readonly ViewNode[];
  readonly expanded?: boolean;
  /** The command a click runs, with the subject. */
  readonly command?: string;
}

/** The adjectives a command may ask of its subject; they also become the node's contextValue. */
const traits: { readonly [K in Kind]: (subject: SubjectOf<K>) => readonly string[] } = {
  container: ({ state, ports, project }: Container) => [
    state,
    ...(ports.some(({ host, protocol }) => host !== undefined && protocol === 'tcp') ? ['web'] : []),
    ...(project === undefined ? [] : ['composed']),
  ],
  image: ({ reference }: Image) => [reference === undefined ? 'unnamed' : 'named'],
  volume: (_: Volume) => [],
  network: ({ builtIn }: Network) => [builtIn ? 'built-in' : 'own'],
  project: ({ containers }: Project) => [
    ...(containers.some(({ state }) => state === 'running') ? ['active'] : []),
    ...(containers.some(({ state }) => state !== 'running') ? ['inactive'] : []),
  ],
  context: ({ current }: ContextSubject) => [current ? 'current' : 'other'],
};

export function traitsOf<K extends Kind>(subject: SubjectOf<K>): readonly string[] {
  return (traits[subject.kind] as (subject: Subject) => readonly string[])(subject);
}

/** `+container+running+web`: what `when` clauses look at. */
export const contextValue = (subject: Subject): string => [subject.kind, ...traitsOf(subject)].map((word) => `+${word}`).join('');

/** How a subject is called in a sentence. */
export function nameOf(subject: Subject): string {
  return subject.kind === 'image' ? (subject.reference ?? subject.id.replace(/^sha256:/, '').slice(0, 12)) : subject.name;
}
