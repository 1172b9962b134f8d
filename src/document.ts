import type { ComposeFile } from './compose/model.ts';
import type { Dockerfile } from './dockerfile/model.ts';
import type { Requirements } from './python/model.ts';

/** The languages this project understands, and the model each one parses to. */
export interface Documents {
  readonly dockerfile: Dockerfile;
  readonly compose: ComposeFile;
  readonly requirements: Requirements;
}

export type Language = keyof Documents;
export type Document = Documents[Language];
