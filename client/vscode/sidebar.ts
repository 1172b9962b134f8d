import * as vscode from 'vscode';
import type { App } from '../commands/command.ts';
import { containersView } from '../views/containers.ts';
import { contextsView } from '../views/contexts.ts';
import { explainFailure, failureView } from '../views/failure.ts';
import { filtered } from '../views/filter.ts';
import { imagesView } from '../views/images.ts';
import type { ViewName } from '../views/names.ts';
import { networksView } from '../views/networks.ts';
import type { DockerContext, Subject, ViewNode } from '../views/node.ts';
import { volumesView } from '../views/volumes.ts';
import type { Candidates, Registration } from './commands.ts';
import { Tree } from './tree.ts';

export interface Sidebar extends Pick<Registration, 'candidates' | 'describe' | 'selection'> {
  readonly candidates: Candidates;
  dispose(): void;
}

/** The views of the sidebar, drawn from the store. */
export function createSidebar({ store, contexts, choices }: App): Sidebar {
  const nodesOf: Partial<Record<ViewName, () => readonly ViewNode[]>> = {
    containers: () => containersView(store.snapshot),
    images: () => imagesView(store.snapshot, { dangling: choices.unnamedImages }),
    volumes: () => volumesView(store.snapshot, choices.volumeSizes),
    networks: () => networksView(store.snapshot),
  };
  const failure = (): ReturnType<typeof explainFailure> | undefined => {
    const { connection } = store.snapshot;
    return connection.state === 'failed' ? explainFailure(connection, process.platform) : undefined;
  };
  const dockerContexts = (): readonly DockerContext[] =>
    contexts.all.map(({ name, host, description }) => ({
      kind: 'context',
      id: name,
      host,
      description,
      current: name === contexts.current,
    }));

  const engineTrees = Object.entries(nodesOf).map(
    ([name, nodes]) =>
      new Tree({
        name: name as ViewName,
        nodes: () => {
          const explained = failure();
          return explained ? failureView(name, explained) : filtered(nodes(), choices.filter(name as ViewName));
        },
        message: () => {
          const explained = failure();
          if (explained) return name === 'containers' ? `${explained.title}. ${explained.sentence}` : `${explained.title}.`;
          if (store.snapshot.connection.state === 'connecting') return 'Connecting to Docker…';
          return filterWords(choices.filter(name as ViewName), nodes());
        },
        description: () => (name === 'containers' && contexts.current !== 'default' ? contexts.current : undefined),
        shown: () => {
          store.start();
        },
      }),
  );
  const contextTree = new Tree({
    name: 'contexts',
    nodes: () => contextsView(dockerContexts()),
    message: () => undefined,
    shown: () => {
      store.start();
    },
  });
  const trees = [...engineTrees, contextTree];
  const update = (): void => {
    for (const tree of trees) tree.update();
  };

  let shownState = '';
  const stopListening = [
    store.listen(({ connection }) => {
      update();
      if (connection.state === shownState) return;
      shownState = connection.state;
      void vscode.commands.executeCommand('setContext', 'mlContainers.engine', connection.state);
    }),
    choices.listen(update),
    contexts.listen(() => {
      store.reconnect();
      update();
    }),
  ];

  const allNodes = (): readonly ViewNode[] => [...Object.values(nodesOf).flatMap((nodes) => nodes()), ...contextsView(dockerContexts())];
  const describe = (subject: Subject): { label: string; description?: string } => {
    const node = find(allNodes(), subject);
    return node ? { label: node.label, ...(node.description !== undefined && { description: node.description }) } : { label: subject.id };
  };

  return {
    candidates: () => Promise.resolve(subjects(allNodes())),
    describe,
    selection: () => trees.filter(({ visible }) => visible).flatMap(({ selection }) => selection),
    dispose: () => {
      for (const stop of stopListening) stop();
      for (const tree of trees) tree.dispose();
    },
  };
}

/** What a view says while it is filtered. */
function filterWords(filter: string, nodes: readonly ViewNode[]): string | undefined {
  if (!filter) return undefined;
  const shown = filtered(nodes, filter);
  return shown.length ? `Filter: ${filter}` : `Nothing here has “${filter}”. Clear the filter to see all.`;
}

function find(nodes: readonly ViewNode[], subject: Subject): ViewNode | undefined {
  for (const node of nodes) {
    if (node.subject && same(node.subject, subject)) return node;
    const below = node.children && find(node.children, subject);
    if (below) return below;
  }
  return undefined;
}

/** An image is in the view once for each of its names. */
function same(a: Subject, b: Subject): boolean {
  return a.kind === b.kind && a.id === b.id && (a.kind !== 'image' || b.kind !== 'image' || a.reference === b.reference);
}

function subjects(nodes: readonly ViewNode[]): readonly Subject[] {
  return nodes.flatMap(({ subject, children = [] }) => [...(subject ? [subject] : []), ...subjects(children)]);
}
