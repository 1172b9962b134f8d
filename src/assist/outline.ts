import type { Document } from '../document.ts';
import type { Files } from '../lint/rule.ts';
import { foldsInCompose } from './compose/folding.ts';
import { linksInCompose } from './compose/links.ts';
import { symbolsInCompose } from './compose/symbols.ts';
import { foldsInDockerfile } from './dockerfile/folding.ts';
import { linksInDockerfile } from './dockerfile/links.ts';
import { symbolsInDockerfile } from './dockerfile/symbols.ts';
import { linksInDevcontainer } from './devcontainer/links.ts';
import type { Fold, Link, Symbol } from './model.ts';
import { linksInRequirements } from './requirements/links.ts';

/** What a document is made of. */
export function outline(document: Document): readonly Symbol[] {
  switch (document.language) {
    case 'dockerfile':
      return symbolsInDockerfile(document);
    case 'compose':
      return symbolsInCompose(document);
    case 'requirements':
    case 'dockerignore':
    case 'devcontainer':
    case 'catalogue':
      return [];
  }
}

/** What of a document can be folded. */
export function folds(document: Document): readonly Fold[] {
  switch (document.language) {
    case 'dockerfile':
      return foldsInDockerfile(document);
    case 'compose':
      return foldsInCompose(document);
    case 'requirements':
    case 'dockerignore':
    case 'devcontainer':
    case 'catalogue':
      return [];
  }
}

/** What of a document leads to pages and files; paths of a Dockerfile where the files can be seen. */
export function links(document: Document, files?: Files): readonly Link[] {
  switch (document.language) {
    case 'dockerfile':
      return linksInDockerfile(document, files);
    case 'compose':
      return linksInCompose(document, files);
    case 'requirements':
      return linksInRequirements(document);
    case 'devcontainer':
      return linksInDevcontainer(document);
    case 'dockerignore':
    case 'catalogue':
      return [];
  }
}
