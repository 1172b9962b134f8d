import { referencesOf } from '../../compose/check/references.ts';
import type { Section } from '../../compose/sections.ts';
import { keyAt, valuesAt } from '../../compose/keys/lookup.ts';
import { get, items, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { lineAt, lineSpan, slice, type Source, type Span } from '../../text/text.ts';
import { declaration } from '../declaration.ts';
import { imageCard, otherImageCard } from '../cards/imageCard.ts';
import { gpuRequest } from '../../rules/shared/gpuRequest.ts';
import { runsKnown } from '../../rules/shared/knownHealth.ts';
import { serviceCard } from '../cards/serviceCard.ts';
import type { Card } from '../model.ts';
import { about } from './about.ts';
import { everywhereInCompose } from './everywhere.ts';
import { nodeAt, type Found } from './node.ts';
import { pageOf } from './published.ts';
import { usedPath, usersOfPart } from './shared.ts';
import { variables } from './suggestions.ts';
import { notSet, resolved } from './valueHints.ts';

export function hoverCompose(file: ComposeFile, offset: number, world: World): Card | undefined {
  const reference = referenced(file, offset, world);
  if (reference) return reference;
  const found = nodeAt(file, offset);
  if (!found) return undefined;
  const { span, entry, node } = found;
  const [part = ''] = found.path;
  if (entry && found.path.length === 1 && part.startsWith('x-'))
    return file.anchored ? { span, markdown: `**${part}**\n\n${usedBy(usersOfPart(file, part))}` } : undefined;
  const path = usedPath(file, found.path);
  const name = path.at(-1) ?? '';
  if (path[0] === 'services' && path.length === 2 && node.kind === 'map') return { span, markdown: service(file, name, node, world) };
  const section = resources[path[0] ?? ''];
  if (entry && section !== undefined && path.length === 2) return { span, markdown: `**${name}**\n\n${usersOf(file, section, name)}` };
  const key = keyAt(path);
  if (entry && key) return { span, markdown: `**${name}**\n\n${about(path, key)}`, usual: true };
  if (!entry && key && node.kind === 'scalar' && valuesAt(path).includes(node.text))
    return { span, markdown: `**${name}**\n\n${about(path, key)}` };
  const variable = variableAt(file, path, found, offset, world);
  if (variable) return variable;
  const value = !entry && node.kind === 'scalar' ? resolved(file, world, true)(node.text) : undefined;
  if (!entry && key && node.kind === 'scalar' && path[0] === 'services' && path[2] === 'image' && path.length === 3)
    return withValue(image(value ?? node.text, span, world), span, value);
  return withValue(undefined, span, value) ?? (entry || node.kind !== 'scalar' ? undefined : missing(file, world, node.text, span));
}

/** What is known of the variable of a service whose name is at a place. */
function variableAt(
  file: ComposeFile,
  path: readonly string[],
  { span, node, entry }: Found,
  offset: number,
  world: World,
): Card | undefined {
  const [top, service = '', section, last = ''] = path;
  if (top !== 'services' || section !== 'environment' || path.length !== 4) return undefined;
  const name = entry ? last : last === '[]' && node.kind === 'scalar' ? (/^\w+/.exec(node.text)?.[0] ?? '') : '';
  const start = node.kind === 'scalar' && !entry && node.quoted ? span.start + 1 : span.start;
  if (name === '' || (!entry && offset > start + name.length)) return undefined;
  const detail = variables(file, service, world).find(({ value }) => value === name)?.detail;
  return detail === undefined
    ? undefined
    : { span: entry ? span : { start, end: start + name.length }, markdown: `**${name}**: ${detail}` };
}

/** What nothing sets, of the variables in a text. */
function missing(file: ComposeFile, world: World, written: string, span: Span): Card | undefined {
  if (!written.includes('$')) return undefined;
  const { unset, required } = notSet(file, world, written);
  const names = unset.map((name) => `\`${name}\``).join(', ');
  if (required !== undefined) return { span, markdown: `Compose stops here until the shell or \`.env\` sets \`${required}\`.` };
  return names === '' ? undefined : { span, markdown: `Neither the shell nor \`.env\` sets ${names}: nothing is put in its place.` };
}

/** A card with what the variables make of the text, where it has any. */
function withValue(card: Card | undefined, span: Span, value: string | undefined): Card | undefined {
  if (value === undefined) return card;
  const markdown = `Comes to \`${value.replaceAll('`', "'")}\` here.`;
  return card ? { ...card, markdown: `${markdown}\n\n${card.markdown}` } : { span, markdown };
}

const resources: Readonly<Record<string, Section>> = {
  networks: 'networks',
  volumes: 'volumes',
  secrets: 'secrets',
  configs: 'configs',
  models: 'models',
};

/** Which services have a network, a volume … */
function usersOf({ services }: ComposeFile, section: Section, name: string): string {
  const users = services.filter(({ node }) => referencesOf(node).some((each) => each.section === section && each.name === name));
  return usedBy(users.map((each) => each.name));
}

const usedBy = (names: readonly string[]): string =>
  names.length ? `Used by ${names.map((name) => `\`${name}\``).join(', ')}.` : 'No service of this file uses it.';

/** What a name stands for, as it is written in this file or in another one. */
function referenced(file: ComposeFile, offset: number, world: World): Card | undefined {
  const name = everywhereInCompose(file, offset, world);
  if (!name) return undefined;
  const own = declaration({ ...name, places: name.places.filter(({ document }) => document === file) });
  const target = own ? { ...own, document: file } : name.places.find(({ write }) => write);
  if (!target || (target.document === file && target.span.start === name.span.start && name.kind !== 'anchor')) return undefined;
  const { source, language } = target.document;
  const line = slice(source, lineSpan(source, lineAt(source, target.span.start)));
  const block = language === 'compose' ? blockAt(source, target.span, name.kind === 'anchor') : line;
  if (block === '') return undefined;
  const from = target.document === file ? '' : `\n\nin \`${source.path}\``;
  return { span: name.span, markdown: `\`\`\`${language === 'compose' ? 'yaml' : language}\n${block}\n\`\`\`${from}` };
}

/** The lines of a key with everything below it, moved to the left; of an anchor only what it names. */
function blockAt(source: Source, { start, end }: Span, anchor: boolean): string {
  const first = lineAt(source, start);
  const lines: string[] = [];
  const written = (line: number): string => slice(source, lineSpan(source, line));
  const indent = /^ */.exec(written(first))?.[0].length ?? 0;
  if (!anchor) lines.push(written(first));
  else {
    const rest = slice(source, { start: end, end: lineSpan(source, first).end }).trim();
    // In `[&a one, *a]` the item ends with the comma.
    if (rest)
      return /[[{]/.test(slice(source, { start: lineSpan(source, first).start, end: start })) ? rest.replace(/\s*[,\]}].*$/, '') : rest;
  }
  for (let line = first + 1; line < source.lineStarts.length; line++) {
    const text = written(line);
    if (text.trim() !== '' && (/^ */.exec(text)?.[0].length ?? 0) <= indent) break;
    lines.push(text);
  }
  while (lines.at(-1)?.trim() === '') lines.pop();
  const left = Math.min(...lines.filter((line) => line.trim()).map((line) => /^ */.exec(line)?.[0].length ?? 0));
  return lines.map((line) => line.slice(left)).join('\n');
}

/** A service in a few lines: image, ports, GPUs, health, what it waits for. */
function service(file: ComposeFile, name: string, node: MapNode, world: World): string {
  const { knowledge } = world;
  const filled = resolved(file, world, true);
  const named = text(get(node, 'image'));
  const reference = named === undefined ? undefined : (filled(named) ?? named);
  const facts = reference === undefined ? undefined : serviceFacts(knowledge, reference);
  const ports = items(get(node, 'ports')).flatMap((port) => {
    const short = text(port);
    const value = short === undefined ? undefined : filled(short);
    const written = value ?? short ?? text(get(port, 'target'));
    const page = pageOf(value === undefined || port.kind !== 'scalar' ? port : { ...port, text: value, value });
    return written === undefined ? [] : page === undefined ? `\`${written}\`` : `[\`${written}\`](${page})`;
  });
  const gpus = gpuRequest(node);
  const image = get(node, 'build')
    ? `built here${reference === undefined ? '' : ` as \`${reference}\``}`
    : reference === undefined
      ? undefined
      : `\`${reference}\`${facts ? ` (${facts.name})` : ''}`;
  const lines = [
    ...(image === undefined ? [] : [`Image: ${image}`]),
    ...(ports.length ? [`Ports: ${ports.join(', ')}`] : []),
    ...(gpus ? [`GPUs: ${gpuWords(gpus)}`] : []),
    `Health check: ${get(node, 'healthcheck') ? 'in this file' : facts?.health?.endpoint && runsKnown(node, facts) ? `none in this file; ${facts.name} answers \`${facts.health.endpoint}\`` : 'none in this file'}`,
  ];
  const tree = waitsOf(file, node, new Set([name]));
  return `**${name}**\n\n${[...lines.map((line) => `- ${line}`), ...(tree.length ? ['- Waits for:', ...tree.map((line) => `  ${line}`)] : [])].join('\n')}`;
}

const gpuWords = ({ count, ids, node }: NonNullable<ReturnType<typeof gpuRequest>>): string =>
  ids?.length ? ids.join(', ') : count === undefined ? (text(node) ?? 'asked for') : String(count);

/** What a service waits for, and what that waits for, as a list in Markdown; a circle is followed once. */
function waitsOf(file: ComposeFile, node: MapNode, above: ReadonlySet<string>): readonly string[] {
  const dependsOn = get(node, 'depends_on');
  const waits =
    dependsOn?.kind === 'map'
      ? dependsOn.entries.map(({ key, value }) => ({
          name: key,
          until: text(get(value, 'condition'))
            ?.replace(/^service_/, '')
            .replaceAll('_', ' '),
        }))
      : items(dependsOn).flatMap((each) => (text(each) === undefined ? [] : [{ name: text(each) ?? '', until: undefined }]));
  return waits.flatMap(({ name, until }) => {
    const next = file.services.find((each) => each.name === name)?.node;
    const below = next && !above.has(name) ? waitsOf(file, next, new Set([...above, name])) : [];
    return [`- \`${name}\`${until === undefined || until === 'started' ? '' : ` (${until})`}`, ...below.map((line) => `  ${line}`)];
  });
}

function image(reference: string, span: Card['span'], world: World): Card | undefined {
  const markdown = serviceCard(reference, world.knowledge) ?? imageCard(reference, world) ?? otherImageCard(reference, world.live);
  return markdown === undefined ? undefined : { span, markdown };
}
