import type { Settings } from '../src/settings.ts';
import type { Edit } from '../src/text/text.ts';

/** Everything that commands and panels may ask of the editor. The real one is `client/vscode/ui.ts`; tests pass a scripted one. */
export interface Ui {
  /** A modal question; true only when the person chose `yes`. */
  confirm(question: string, options: { readonly yes: string; readonly detail?: string }): Promise<boolean>;
  /** Undefined when the person left without choosing. */
  pick<T>(title: string, choices: readonly Choice<T>[], options?: { readonly placeholder?: string }): Promise<T | undefined>;
  pickMany<T>(
    title: string,
    choices: readonly Choice<T>[],
    options?: { readonly placeholder?: string; /** Stays while the person looks at an editor. */ readonly stays?: boolean },
  ): Promise<readonly T[] | undefined>;
  input(title: string, options?: InputOptions): Promise<string | undefined>;
  /** Shows after a moment that something is at work, with a way to cancel; `report` says how far it is. */
  progress<T>(title: string, work: (signal: AbortSignal, report: (message: string, percent?: number) => void) => Promise<T>): Promise<T>;
  /** Runs a program in a terminal that a person can type into. */
  terminal(title: string, command: TerminalCommand): void;
  /** Opens a terminal with this typed in, for the person to look at and run; in a folder, where one is named. */
  typed(title: string, commandLine: string, folder?: string): void;
  /** Answers the chosen action. */
  inform(message: string, ...actions: readonly string[]): Promise<string | undefined>;
  warn(message: string, ...actions: readonly string[]): Promise<string | undefined>;
  error(message: string, ...actions: readonly string[]): Promise<string | undefined>;
  /** A short word in the status bar that goes by itself. */
  status(message: string): void;
  /** A read-only document; the same `name` shows the new text in the same editor. */
  show(name: string, text: string): Promise<void>;
  /** Closes it again. */
  hide(name: string): Promise<void>;
  /** Opens a file; line and column count from 1. */
  open(path: string, place?: { readonly line: number; readonly column?: number }): Promise<void>;
  /** A file's text as the editor has it, unsaved changes included; undefined when there is none. */
  read(path: string): Promise<string | undefined>;
  /** Relative paths of the files in a folder, without what Git, Python and npm keep beside the code. */
  list(folder: string): Promise<readonly string[]>;
  /** Changes files as one step that can be undone, and shows the first; false when the editor refused. */
  change(changes: readonly FileChange[]): Promise<boolean>;
  /** Opens an address as seen from the engine's machine; a remote window forwards the port. */
  browse(url: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** A folder, or a file, that exists. */
  choosePath(title: string, options: { readonly kind: 'file' | 'folder'; readonly from?: string }): Promise<string | undefined>;
  /** Writes to the extension's output; `reveal` opens it. */
  log(message: string): void;
  revealLog(): void;
  setting<K extends keyof Settings>(key: K, path?: string): Settings[K];
  /** What a setting of another extension says; undefined where nothing knows it. */
  other(setting: string): Promise<unknown>;
  /** Changes one for the person; false where no extension has it. */
  changeOther(setting: string, value: unknown): Promise<boolean>;
  /** One of our commands, or VS Code's own by its full name. */
  execute(command: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Whether the person trusts the workspace's files. */
  readonly trusted: boolean;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** The file in the editor that is worked in. */
  readonly active: string | undefined;
}

/** What becomes of one file: edits of what is there, or the text of a new one. */
export interface FileChange {
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** One row to choose from. */
export interface Choice<T> {
  readonly label: string;
  readonly value: T;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  readonly picked?: boolean;
}

export interface InputOptions {
  readonly value?: string;
  readonly prompt?: string;
  readonly placeholder?: string;
  readonly secret?: boolean;
  /** What is wrong with a text, in a sentence; nothing when it is fine. */
  readonly problem?: (text: string) => string | undefined;
}

export interface TerminalCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A codicon's name. */
  readonly icon?: string;
  /** Keeps what a program said on the screen after its end, until a key is pressed. */
  readonly hold?: boolean;
}

/** Values that survive a reload of the window, for this workspace. They are JSON, and never secrets. */
export interface Memory {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
}
