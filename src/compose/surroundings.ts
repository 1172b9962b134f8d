import type { Writing } from './mentions.ts';

/** What a Compose file is read among: the files around it and the variables of the shell. */
export interface Surroundings {
  /** The text of a file; undefined when there is none. */
  readonly read: (path: string) => string | undefined;
  /** What lies in a folder, where that can be said. */
  readonly list?: (path: string) => readonly string[] | undefined;
  /** A variable of the shell that Compose runs in. */
  readonly variable: (name: string) => string | undefined;
  /** The absolute folder that relative paths begin in, where it is known. */
  readonly directory?: string;
  /** What is written near a folder for whoever starts the project, where that is kept from one look to the next. */
  readonly writings?: (kind: Writing, folder: string) => readonly string[];
}
