import type { KnowledgeBase } from '../../src/knowledge/knowledge.ts';
import type { BuildProblems } from '../build/problems.ts';
import type { Choices } from '../choices.ts';
import type { Contexts } from '../engine/contexts.ts';
import type { EngineClient } from '../engine/engine.ts';
import type { Store } from '../engine/store.ts';
import type { Logs } from '../logs/logs.ts';
import type { Memory, Ui } from '../ui.ts';
import type { ViewName } from '../views/names.ts';
import { traitsOf, type Kind, type Subject, type SubjectOf } from '../views/node.ts';

/** What a command may use. Nothing here is `vscode`, so a command can be tested in plain Node. */
export interface App {
  readonly store: Store;
  readonly contexts: Contexts;
  readonly ui: Ui;
  readonly memory: Memory;
  readonly choices: Choices;
  /** The engine, once it answers; an error with a reason when it does not. */
  readonly engine: () => Promise<EngineClient>;
  readonly logs: Logs;
  readonly problems: BuildProblems;
  readonly knowledge: KnowledgeBase;
  /** Reads the GPUs at once where they are shown. */
  readonly gpus: { refresh(): void };
}

interface Common {
  /** The file's name; `mlContainers.` comes before it in VS Code. */
  readonly id: string;
  /** What menus and the palette say. */
  readonly title: string;
  /** A codicon's name. */
  readonly icon?: string;
  /** Works on the workspace's files: hidden and refused until the person trusts them. */
  readonly trusted?: boolean;
}

/** A command on things of the trees. Without a selection, from the palette, it asks which. */
export interface ThingCommand<K extends Kind = Kind> extends Common {
  readonly on: ThingPlace<K>;
  run(this: void, subjects: readonly SubjectOf<K>[], app: App): Promise<void>;
}

export interface ThingPlace<K extends Kind = Kind> {
  readonly kind: K | readonly K[];
  /** At least one of these traits. */
  readonly anyOf?: readonly string[];
  /** None of these. */
  readonly noneOf?: readonly string[];
  /** Takes one thing only. */
  readonly single?: boolean;
  /** Whether it is an icon on the row as well; its place among them. */
  readonly inline?: number;
  /** The menu's section and the place in it: `1_run@2`. */
  readonly group?: string;
  /** Not in the palette: it makes no sense there, or a command of the same name on files stands there. */
  readonly hidden?: boolean;
}

/** The languages whose files commands work on. */
export type FileLanguage = 'dockerfile' | 'compose' | 'requirements';

/** A command on files of the workspace: paths from the explorer or the editor; without one it asks which. */
export interface FileCommand extends Common {
  readonly on: {
    readonly file: FileLanguage | readonly FileLanguage[];
    /** Also an icon in the editor's title. */
    readonly editorTitle?: boolean;
    readonly group?: string;
    /** Whether several files make sense at once. */
    readonly many?: boolean;
    /** Not in menus. */
    readonly paletteOnly?: boolean;
  };
  run(this: void, files: readonly string[], app: App, options?: unknown): Promise<void>;
}

/** A command on nothing in particular. */
export interface PlainCommand extends Common {
  readonly on: {
    /** The views whose titles have it: with an icon as a button, else in the overflow menu. */
    readonly views?: readonly ViewName[];
    readonly group?: string;
    /** A condition of VS Code's for where it shows. */
    readonly when?: string;
    /** Not in the palette. */
    readonly hidden?: boolean;
  };
  run(this: void, app: App, ...args: readonly unknown[]): Promise<void>;
}

export type AnyThingCommand = { [K in Kind]: ThingCommand<K> }[Kind] | ThingCommand;
export type AnyCommand = AnyThingCommand | FileCommand | PlainCommand;

/** A command on things: helps the compiler to see which. */
export const command = <const K extends Kind>(one: ThingCommand<K>): AnyCommand => one as unknown as AnyCommand;
export const fileCommand = (one: FileCommand): AnyCommand => one;
export const plainCommand = (one: PlainCommand): AnyCommand => one;

export const isThingCommand = (one: AnyCommand): one is AnyThingCommand => 'kind' in one.on;
export const isFileCommand = (one: AnyCommand): one is FileCommand => 'file' in one.on;

export const kindsOf = ({ on }: { readonly on: ThingPlace }): readonly Kind[] => (typeof on.kind === 'string' ? [on.kind] : on.kind);

/** Whether a command takes a thing as it is now. */
export function accepts(one: { readonly on: ThingPlace }, subject: Subject): boolean {
  const has = (trait: string): boolean => traitsOf(subject).includes(trait);
  const { anyOf, noneOf } = one.on;
  return kindsOf(one).includes(subject.kind) && (!anyOf || anyOf.some(has)) && !noneOf?.some(has);
}

/** The same condition as VS Code's menus understand it. */
export function whenClause(one: { readonly on: ThingPlace }): string {
  const { anyOf, noneOf } = one.on;
  const wanted = anyOf ? `(?=.*\\+(${anyOf.join('|')})\\b)` : '';
  const unwanted = noneOf ? `(?!.*\\+(${noneOf.join('|')})\\b)` : '';
  return `view =~ /^mlContainers\\./ && viewItem =~ /^\\+(${kindsOf(one).join('|')})\\b${wanted}${unwanted}/`;
}
