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
 * where longer ones go on from it; the next letter brings them. The `-` of `tar xz -` is a whole word as well. `early`: nothing either where
 * one letter ends the word and no other can follow. Choosing is no shorter than typing it, and a list that is taken away only at the last
 * letter is still there for an Enter right behind it; but the editor may ask anew at that letter, and Enter has to leave what stands then.
 */
export function completeOn(document: Document, offset: number, world: World, early = false): readonly Completion[] {
  if (document.language === 'dockerfile' && isLoneDash(document, offset)) return [];
  const items = completed(document, offset, world);
  return items.some((item) => stands(document, item)) || (early && lacksOneLetter(document, offset, items)) ? [] : items;
}

/** Whether whatever is offered for what is typed goes on with the same character, and one of them ends with it. */
function lacksOneLetter({ source }: Document, offset: number, items: readonly Completion[]): boolean {
  const begun = items.flatMap(({ span, text, snippet = text, also }) => {
    const typed = source.text.slice(span.start, offset);
    const fits = typed !== '' && snippet.toLowerCase().startsWith(typed.toLowerCase());
    return fits ? [{ left: snippet.slice(typed.length), plain: snippet === text && !also?.length }] : [];
  });
  const [first] = begun;
  return (
    first !== undefined &&
    begun.every(({ left }) => left[0] === first.left[0]) &&
    begun.some(({ left, plain }) => plain && left.length === 1)
  );
}

function isLoneDash(file: Dockerfile, offset: number): boolean {
  const place = placeAt(file, offset);
  if (place.kind === 'heredoc') return place.word.prefix === '-';
  if (place.kind !== 'argument' || place.word.prefix !== '-') return false;
  return file.source.text.slice(place.instruction.keywordSpan.end, place.word.span.start).trim() !== '';
}

const stands = ({ source }: Document, { span, text, snippet, also }: Completion): boolean =>
  (snippet ?? text) === source.text.slice(span.start, span.end) && !also?.length;

/**
 * Whether one of the offered words is meant, whatever is typed next: keys, values of a closed set, names that the file has. Such a list need not
 * be asked for again, and an editor that narrows it down by itself is never behind the keys. Elsewhere people write what nobody can list.
 */
export const isClosed = ({ language }: Document, items: readonly Completion[]): boolean =>
  items.every(({ kind, text }) =>
    kind === 'value' ? language === 'compose' && !/^\s*"?\d/.test(text) : /^(?:enum|property|keyword|stage|reference)$/.test(kind),
  );

/**
 * What can stand at a place. Who types a digit of a size or a time knows the others: editors find `1s` in `10s`, and the Enter behind it would
 * take that.
 */
function completed(document: Document, offset: number, world: World): readonly Completion[] {
  const items = known(document, offset, world);
  if (document.language !== 'compose') return items;
  return items.filter(({ span, text }) => !(/^\d/.test(document.source.text.slice(span.start, offset)) && /^"?\d/.test(text)));
}

function known(document: Document, offset: number, world: World): readonly Completion[] {
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
