import * as vscode from 'vscode';
import type { ViewName } from '../views/names.ts';
import { contextValue, type Subject, type ViewNode } from '../views/node.ts';

/** A node's place in a tree: the same object as long as the node's id is there, as VS Code wants it. */
export class TreeElement {
  node: ViewNode;
  parent: TreeElement | undefined;

  constructor(node: ViewNode, parent: TreeElement | undefined) {
    this.node = node;
    this.parent = parent;
  }

  get subject(): Subject | undefined {
    return this.node.subject;
  }
}

export interface TreeOptions {
  readonly name: ViewName;
  readonly nodes: () => readonly ViewNode[];
  /** A sentence above the rows. */
  readonly message: () => string | undefined;
  readonly description?: () => string | undefined;
  /** Called when a person sees the view. */
  readonly shown: () => void;
  /** Called when it comes into sight and when it goes. */
  readonly visible?: (visible: boolean) => void;
}

/** One view of the sidebar: shows what `nodes` answers, and on `update` tells VS Code only of what has changed. */
export class Tree implements vscode.TreeDataProvider<TreeElement>, vscode.Disposable {
  readonly #options: TreeOptions;
  readonly #view: vscode.TreeView<TreeElement>;
  readonly #changed = new vscode.EventEmitter<TreeElement | TreeElement[] | undefined>();
  readonly #elements = new Map<string, TreeElement>();
  /** What a person opened or closed; kept while the thing is away, so that it comes back as it was. */
  readonly #expanded = new Map<string, boolean>();
  #roots: readonly ViewNode[] = [];
  #shown = false;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.#view = vscode.window.createTreeView(`mlContainers.${options.name}`, {
      treeDataProvider: this,
      showCollapseAll: ['containers', 'networks'].includes(options.name),
      canSelectMany: options.name !== 'contexts',
    });
    this.#view.onDidExpandElement(({ element }) => this.#expanded.set(element.node.id, true));
    this.#view.onDidCollapseElement(({ element }) => this.#expanded.set(element.node.id, false));
    this.#view.onDidChangeVisibility(({ visible }) => {
      if (visible) this.#show();
      options.visible?.(visible);
    });
    if (this.#view.visible) this.#show();
  }

  get selection(): readonly Subject[] {
    return this.#view.selection.flatMap(({ subject }) => subject ?? []);
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  set badge(badge: vscode.ViewBadge | undefined) {
    this.#view.badge = badge;
  }

  update(): void {
    if (!this.#shown) return;
    const message = this.#options.message();
    if (this.#view.message !== message) this.#view.message = message ?? '';
    const description = this.#options.description?.();
    if (this.#view.description !== description) this.#view.description = description ?? '';
    const before = this.#roots;
    this.#roots = this.#options.nodes();
    const changed = this.#compare(undefined, before, this.#roots);
    if (changed === 'all') this.#changed.fire(undefined);
    else if (changed.length) this.#changed.fire([...changed]);
    this.#forget();
  }

  getTreeItem({ node }: TreeElement): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const open = this.#expanded.get(node.id) ?? node.open ?? false;
    const item = new vscode.TreeItem(node.label, node.children?.length ? (open ? Expanded : Collapsed) : None);
    item.id = node.id;
    if (node.description) item.description = node.description;
    if (node.icon)
      item.iconPath = new vscode.ThemeIcon(
        node.icon.name,
        node.icon.color === undefined ? undefined : new vscode.ThemeColor(node.icon.color),
      );
    if (node.tooltip !== undefined) item.tooltip = new vscode.MarkdownString(node.tooltip);
    if (node.subject) item.contextValue = contextValue(node.subject);
    item.accessibilityInformation = { label: node.spoken ?? [node.label, node.description].filter(Boolean).join(', ') };
    if (node.click) {
      const given: readonly unknown[] = node.click.args ?? (node.subject ? [node.subject] : []);
      item.command = { command: `mlContainers.${node.click.command}`, title: node.click.title, arguments: [...given] };
    }
    return item;
  }

  getChildren(element?: TreeElement): TreeElement[] {
    const nodes = element ? (element.node.children ?? []) : this.#roots;
    return nodes.map((node) => this.#element(node, element));
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return element.parent;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  #show(): void {
    this.#shown = true;
    this.#options.shown();
    this.update();
  }

  #element(node: ViewNode, parent: TreeElement | undefined): TreeElement {
    const known = this.#elements.get(node.id);
    if (known) {
      known.node = node;
      known.parent = parent;
      return known;
    }
    const made = new TreeElement(node, parent);
    this.#elements.set(node.id, made);
    return made;
  }

  /** The elements to draw again; those VS Code has never asked for are none of its business. */
  #compare(parent: TreeElement | undefined, before: readonly ViewNode[], after: readonly ViewNode[]): 'all' | readonly TreeElement[] {
    const sameRows = before.length === after.length && before.every(({ id }, index) => id === after[index]?.id);
    const old = new Map(before.map((node) => [node.id, node]));
    const changed: TreeElement[] = [];
    for (const node of after) {
      const was = old.get(node.id);
      const element = this.#elements.get(node.id);
      if (!was || !element) continue;
      element.node = node;
      element.parent = parent;
      const below = this.#compare(element, was.children ?? [], node.children ?? []);
      if (looks(was) !== looks(node)) changed.push(element);
      else if (below !== 'all') changed.push(...below);
    }
    if (sameRows) return changed;
    return parent ? [parent] : 'all';
  }

  #forget(): void {
    const present = new Set<string>();
    const add = (nodes: readonly ViewNode[]): void => {
      for (const { id, children } of nodes) {
        present.add(id);
        if (children) add(children);
      }
    };
    add(this.#roots);
    for (const id of this.#elements.keys()) if (!present.has(id)) this.#elements.delete(id);
  }
}

/** What a row looks like, its children aside. */
function looks({ children, subject, ...node }: ViewNode): string {
  return JSON.stringify([node, children === undefined || children.length === 0, subject && contextValue(subject)]);
}
