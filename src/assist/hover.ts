import type { Document } from '../document.ts';
import type { World } from '../lint/rule.ts';
import { indexCard } from './cards/indexCard.ts';
import { hoverCatalogue } from './catalogue/hover.ts';
import { hoverCompose } from './compose/hover.ts';
import { hoverDockerfile } from './dockerfile/hover.ts';
import { hoverDockerignore } from './dockerignore/hover.ts';
import type { Card } from './model.ts';
import { hoverRequirements } from './requirements/hover.ts';

/** What is at a place, explained; undefined where there is nothing to say. */
export function hover(document: Document, offset: number, world: World): Card | undefined {
  return index(document, offset, world) ?? own(document, offset, world);
}

/** The address of one of PyTorch’s indexes, in whatever it stands. */
function index({ source: { text } }: Document, offset: number, { knowledge }: World): Card | undefined {
  const before = text.slice(Math.max(0, offset - 100), offset);
  const start = offset - before.length + before.search(/[^\s"'=,[\]]*$/);
  const [url = '', tag] =
    /^https?:\/\/download\.pytorch\.org\/whl\/(cpu|cu\d+|rocm[\d.]+|xpu)(?=\/?(?:[\s"',\]\\]|$))/.exec(text.slice(start)) ?? [];
  const markdown = tag === undefined ? undefined : indexCard(tag, knowledge);
  return markdown === undefined ? undefined : { span: { start, end: start + url.length }, markdown };
}

function own(document: Document, offset: number, world: World): Card | undefined {
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
