import { get, items, text as textOf, type ComposeFile, type Node, type ScalarNode } from '../../compose/model.ts';
import { substitute } from '../../compose/interpolate.ts';
import { variablesFor } from '../../compose/variables.ts';
import type { Files } from '../../lint/rule.ts';
import { surroundingsOf } from '../../rules/shared/surroundings.ts';
import { folderOf, join } from '../../text/paths.ts';
import { imagePage } from '../imagePage.ts';
import type { Link } from '../model.ts';
import { entriesOf } from './parts.ts';
import { pageOf } from './published.ts';

/** Images to their pages, paths to their files, published ports to their addresses; a folder that is built in to its Dockerfile, where that can be seen. */
export function linksInCompose(file: ComposeFile, files?: Files): readonly Link[] {
  const links: Link[] = [];
  const { text } = file.source;
  const folder = folderOf(file.source.path);
  const startOf = ({ span: { start } }: ScalarNode): number => (/["']/.test(text[start] ?? '') ? start + 1 : start);
  const filled = (written: string): string | undefined => {
    if (!files || !written.includes('$')) return undefined;
    const { get: variable } = variablesFor(folder, surroundingsOf({ files }));
    const result = substitute(written, variable);
    return result.ok && !result.unset.length ? result.text : undefined;
  };
  const path = (node: Node | undefined, inside = folder, name = ''): void => {
    if (node?.kind !== 'scalar' || !node.text || (node.value === null && !node.quoted) || /[${}]|^\w+:\/\//.test(node.text)) return;
    const start = startOf(node);
    links.push({
      span: { start, end: start + node.text.length },
      target: { kind: 'file', path: join(inside, name === '' ? node.text : join(node.text, name)) },
    });
  };
  const paths = (node: Node | undefined): void => {
    for (const item of node?.kind === 'list' ? node.items : node ? [node] : []) path(item.kind === 'map' ? get(item, 'path') : item);
  };
  for (const item of file.documents.flatMap((document) => items(get(document, 'include')))) {
    paths(item.kind === 'map' ? get(item, 'path') : item);
    paths(get(item, 'env_file'));
  }
  for (const { value: node } of entriesOf(file, 'services')) {
    const image = get(node, 'image');
    const page = image?.kind === 'scalar' ? imagePage(image.text) : undefined;
    if (image?.kind === 'scalar' && page)
      links.push({ span: { start: startOf(image), end: startOf(image) + page.length }, target: { kind: 'page', url: page.url } });
    const build = get(node, 'build');
    const written = get(build, 'context') ?? build;
    const context = written?.kind === 'scalar' ? written : undefined;
    const built = context && files?.exists(join(folder, join(context.text, 'Dockerfile'))) ? 'Dockerfile' : undefined;
    if (built !== undefined && !get(build, 'dockerfile') && !get(build, 'dockerfile_inline')) path(context, folder, built);
    path(get(build, 'dockerfile'), join(folder, context?.text ?? '.'));
    for (const item of items(get(node, 'volumes'))) {
      const short = item.kind === 'scalar' ? /^\.{1,2}\/[^:]*/.exec(item.text)?.[0] : undefined;
      if (item.kind === 'scalar' && short !== undefined) path({ ...item, text: short });
      else if (item.kind === 'map' && textOf(get(item, 'type')) === 'bind') path(get(item, 'source'));
    }
    for (const port of items(get(node, 'ports'))) {
      const value = port.kind === 'scalar' ? filled(port.text) : undefined;
      const url = pageOf(value === undefined || port.kind !== 'scalar' ? port : { ...port, text: value, value });
      const written = port.kind === 'map' ? get(port, 'published') : port;
      if (url !== undefined && written?.kind === 'scalar')
        links.push({ span: { start: startOf(written), end: startOf(written) + written.text.length }, target: { kind: 'page', url } });
    }
    paths(get(node, 'env_file'));
    paths(get(node, 'label_file'));
    path(get(node, 'extends', 'file'));
    path(get(node, 'credential_spec', 'file'));
  }
  for (const { value } of entriesOf(file, 'models')) {
    const model = get(value, 'model');
    const hub = model?.kind === 'scalar' ? /^hf\.co\/(.+?)(?::[^/]*)?$/.exec(model.text) : null;
    const page =
      model?.kind === 'scalar'
        ? hub
          ? { url: `https://hf.co/${hub[1] ?? ''}`, length: model.text.replace(/:[^/]*$/, '').length }
          : imagePage(model.text)
        : undefined;
    if (model?.kind === 'scalar' && page)
      links.push({ span: { start: startOf(model), end: startOf(model) + page.length }, target: { kind: 'page', url: page.url } });
  }
  for (const section of ['configs', 'secrets']) for (const { value } of entriesOf(file, section)) path(get(value, 'file'));
  // What an alias or `<<` brings again is one link, at its anchor.
  return [...new Map(links.map((link) => [link.span.start, link])).values()].sort((a, b) => a.span.start - b.span.start);
}
