import type { Dockerfile } from '../../dockerfile/model.ts';
import type { Files } from '../../lint/rule.ts';
import { imagePage } from '../imagePage.ts';
import type { Link } from '../model.ts';
import { fileLinks } from './fileLinks.ts';

/** Images of FROM and `COPY --from` to the pages that describe them, and paths to their files where these can be seen. */
export function linksInDockerfile(file: Dockerfile, files?: Files): readonly Link[] {
  const { stages, instructions, directives } = file;
  const links: Link[] = [];
  const add = (text: string, start: number): void => {
    const page = imagePage(text);
    if (page) links.push({ span: { start, end: start + page.length }, target: { kind: 'page', url: page.url } });
  };
  for (const { image, base } of stages) if (image && !base && image.text === image.value) add(image.value, image.span.start);
  const names = new Set(stages.map(({ name }) => name?.value.toLowerCase()));
  for (const { keyword, flags } of instructions)
    for (const { name, value } of flags)
      if (keyword === 'COPY' && name === 'from' && value && /[/:]/.test(value.value) && !names.has(value.value.toLowerCase()))
        add(value.value, value.span.start);
  for (const { name, value, valueSpan } of directives) if (name === 'syntax') add(value, valueSpan.start);
  return files ? [...links, ...fileLinks(file, files)] : links;
}
