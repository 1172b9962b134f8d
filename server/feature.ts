import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import type { Checker } from './checker.ts';
import type { OpenDocuments } from './documents.ts';
import type { InitializationOptions } from '../src/protocol.ts';
import type { Leaves } from './leaves.ts';
import type { Roots } from './roots.ts';

/** What every feature is given. */
export interface Context {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly roots: Roots;
  readonly checker: Checker;
  readonly capabilities: ClientCapabilities;
  readonly options: InitializationOptions;
  readonly leaves: Leaves;
  /** Kept when the settings are known, or have been waited for long enough: findings before that would only flicker. */
  readonly ready: Promise<void>;
  /** Has something called whenever what is not the text of a document has changed: settings, files, engine. */
  readonly onNews: (listener: () => void) => void;
}

/** One LSP feature: registers its handlers. What the client is told of it stands in `capabilities.ts`. */
export type Feature = (context: Context) => void;
