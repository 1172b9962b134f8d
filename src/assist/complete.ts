import type { Dockerfile } from '../dockerfile/model.ts';
import type { Document } from '../document.ts';
import type { World } from '../lint/rule.ts';
import { completeCatalogue } from './catalogue/complete.ts';
import { completeCompose } from './compose/complete.ts';
import { completeDevcontainer } from './devcontainer/complete.ts';
import { completeDockerfile } from './dockerfile/complete.ts';
import { placeAt } from './dockerfile/place.ts';
import { completeDockerignore } from './dockerignore/complete.ts';
import type { Completion } from './model.ts';
import { completeRequirements } from './requirements/complete.ts';

/** What can stand at a place; nothing where it all stands there already, since a list that changes nothing takes the Enter that ends a line. */
export function complete(document: Document, offset: number, world: World): readonly Completion[] {
  const items = completed(document, offset, world);
  return items.every((item) => stands(document, item)) ? [] : items;
}

/**
 * What is offered on while a word is typed: nothing once the word is one of them. The list would take the Enter that ends the line, also
 * where longer ones go on from it; the next letter brings them. The `-` of `tar xz -` is a whole word as well.
 */
export function completeOn(document: Document, offset: number, world: World): readonly Completion[] {
  if (document.language === 'dockerfile' && isLoneDash(document, offset)) return [];
  const items = completed(document, offset, world);
  return items.some((item) => stands(document, item)) ? [] : items;
}

function isLoneDash(file: Dockerfile, offset: number): boolean {
  const place = placeAt(file, offset);
  if (place.kind === 'heredoc') return place.word.prefix === '-';
  if (place.kind !== 'argument' || place.word.prefix !== '-') return false;
  return file.source.text.slice(place.instruction.keywordSpan.end, place.word.span.start).trim() !== '';
}

const stands = ({ source }: Document, { span, text, snippet, also }: Completion): boolean =>
  (snippet ?? text) === source.text.slice(span.start, span.end) && !also?.length;

function completed(document: Document, offset: number, world: World): readonly Completion[] {
  switch (document.language) {
    case 'dockerfile':
      return completeDockerfile(document, offset, world);
    case 'compose':
      return completeCompose(document, offset, world);
    case 'dockerignore':
      return completeDockerignore(document, offset, world);
    case 'requirements':
      return completeRequirements(document, offset, world);
    case 'catalogue':
      return completeCatalogue(document, offset, world);
    case 'devcontainer':
      return completeDevcontainer(document, offset);
  }
}
