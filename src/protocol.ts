import type { Live } from './lint/rule.ts';

// What client and server say to each other beyond LSP. Both sides import the names and the shapes from here.

/** Client to server: what the engine has now. Sent after the start and whenever it changes. */
export const liveNotification = 'mlContainers/live';
export type LiveParams = Live;

/** Server to client: the URIs of the Compose files that others include or extend and whose name does not tell what they are. */
export const composeFilesNotification = 'mlContainers/composeFiles';
export interface ComposeFilesParams {
  readonly uris: readonly string[];
}

/** Client to server at `initialize`, as `initializationOptions`. Everything may be left out. */
export interface InitializationOptions {
  /** The `mlContainers` settings, for clients that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
  /** What other installed servers give already, by the editor's id of the language: `{ "dockercompose": ["yaml", "hover"] }`. */
  readonly leaveTo?: Readonly<Partial<Record<'dockerfile' | 'dockercompose' | 'yaml', readonly string[]>>>;
  /** Where the editor keeps a folder's settings as JSON, e.g. `.vscode/settings.json`. */
  readonly settingsFile?: string;
  /** A command of the editor that starts a rename: its arguments are a URI and a position. */
  readonly renameCommand?: string;
  /** The URI of the folder with a page `RULE.md` for each rule. */
  readonly rulePages?: string;
}
