import type { Document } from '../document.ts';
import type { World } from '../lint/rule.ts';
import { hoverCatalogue } from './catalogue/hover.ts';
import { hoverCompose } from './compose/hover.ts';
import { hoverDockerfile } from './dockerfile/hover.ts';
import { hoverDockerignore } from './dockerignore/hover.ts';
import type { Card } from './model.ts';
import { hoverRequirements } from './requirements/hover.ts';

/** What is at a place, explained; undefined where there is nothing to say. */
export function hover(document: Document, offset: number, world: World): Card | undefined {
  switch (document.language) {
    case 'dockerfile':
      return hoverDockerfile(document, offset, world);
    case 'compose':
      return hoverCompose(document, offset, world);
    case 'requirements':
      return hoverRequirements(document, offset, world);
    case 'dockerignore':
      return hoverDockerignore(document, offset, world);
    case 'catalogue':
      return hoverCatalogue(document, offset, world);
    case 'devcontainer':
      return undefined;
  }
}
