import type { Document } from '../document.ts';
import { namedInCompose } from './compose/names.ts';
import { namedInDockerfile } from './dockerfile/names.ts';
import type { Named } from './model.ts';

/** The name at a place, and everywhere the document has it. */
export function named(document: Document, offset: number): Named | undefined {
  switch (document.language) {
    case 'dockerfile':
      return namedInDockerfile(document, offset);
    case 'compose':
      return namedInCompose(document, offset);
    case 'requirements':
    case 'dockerignore':
    case 'devcontainer':
    case 'catalogue':
      return undefined;
  }
}
