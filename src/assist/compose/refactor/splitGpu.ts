import { entry, get, items, text, type ComposeFile, type Entry, type MapNode } from '../../../compose/model.ts';
import type { World } from '../../../lint/rule.ts';
import { baseName, folderOf, join } from '../../../text/paths.ts';
import { type Edit, lineAt, lineBreak, lineSpan, type Source, type Span, textBefore } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { stepOf } from '../../../compose/step.ts';
import { isFlow, isShared, scalar } from './layout.ts';
import { inkEnd, isOwn, type Step } from './trail.ts';

/** A key that asks for GPUs, or the highest above it that holds nothing else: the keys to it below the service, and what of the text goes. */
interface Request {
  readonly path: readonly string[];
  readonly entry: Entry;
  readonly whole: Span;
}

const gpuFile = 'compose.gpu.yaml';
const reservation = ['deploy', 'resources', 'reservations', 'devices'];

/** Moves what asks for GPUs, of all services, to a file that is laid over this one where there are some. */
export function splitGpu(file: ComposeFile, trail: readonly Step[], { files }: World): readonly Refactoring[] {
  const { source } = file;
  const path = join(folderOf(source.path), gpuFile);
  const name = baseName(source.path);
  const here = trail.at(-1)?.path ?? [];
  const relevant = here[0] === 'services' && (here.length <= 2 || ['gpus', 'runtime', 'devices', 'deploy'].includes(here[2] ?? ''));
  if (!relevant || name === gpuFile || files.exists(path)) return [];
  const wanted =
    here.length >= 2 ? file.services.filter(({ node, name: each }) => each === here[1] && requests(source, node).length) : file.services;
  if (!wanted.length) return [];
  const newline = lineBreak(source);
  const step = stepOf(file.source);
  const lines = [`# For machines with a GPU: docker compose -f ${name} -f ${gpuFile} up`, 'services:'];
  const edits: Edit[] = [];
  for (const service of file.services) {
    const found = requests(source, service.node);
    if (!found.length) continue;
    if (service.node.entries.length <= found.length) return [];
    lines.push(`${' '.repeat(step)}${scalar(service.name)}:`);
    for (const { path: above, entry: each, whole } of found) {
      above.slice(0, -1).forEach((key, depth) => lines.push(`${' '.repeat(step * (2 + depth))}${key}:`));
      lines.push(...moved(source, each, step * (above.length + 1)));
      edits.push({ span: whole, text: '' });
    }
  }
  if (!edits.length) return [];
  const others = [{ path, edits: [{ span: { start: 0, end: 0 }, text: lines.join(newline) + newline }] }];
  return [{ title: `Move what asks for GPUs to ${gpuFile}`, kind: 'extract', edits, others }];
}

function requests(source: Source, service: MapNode): readonly Request[] {
  const cdi = items(get(service, 'devices')).map((item) => text(item) ?? text(get(item, 'source')) ?? '');
  const gpuDevices = cdi.length > 0 && cdi.every((device) => /^(?:nvidia|amd)\.com\/gpu|^\/dev\/(?:kfd|dri|nvidia)/.test(device));
  const paths = [
    ['gpus'],
    ...(text(get(service, 'runtime')) === 'nvidia' ? [['runtime']] : []),
    ...(gpuDevices ? [['devices']] : []),
    reservation,
  ];
  return paths.flatMap((path) => request(source, service, path) ?? []);
}

/** Takes the parents along that would be left empty. Undefined for what an alias brings, and for `{ }`. */
function request(source: Source, service: MapNode, path: readonly string[]): Request | undefined {
  let map: MapNode = service;
  let top: Entry | undefined;
  let found: Entry | undefined;
  let depth = 0;
  for (const [index, key] of path.entries()) {
    found = entry(map, key);
    if (!found || found.merged || isShared(source, found) || isFlow(source, map)) return undefined;
    if (map.entries.length > 1 || !top) [top, depth] = [found, index + 1];
    if (index === path.length - 1) break;
    if (found.value.kind !== 'map') return undefined;
    map = found.value;
  }
  if (!found || !top || !isOwn(top)) return undefined;
  const first = lineAt(source, commentsAbove(source, top.keySpan.start));
  const last = lineAt(source, inkEnd(source, { start: top.keySpan.start, end: top.value.span.end }));
  const start = lineSpan(source, first).start;
  if (textBefore(source, top.keySpan.start).trim() !== '') return undefined;
  return { path: path.slice(0, depth), entry: top, whole: { start, end: source.lineStarts[last + 1] ?? source.text.length } };
}

/** The lines of a key with the comments above it, moved to a column. */
function moved(source: Source, { keySpan, value }: Entry, column: number): readonly string[] {
  const first = lineAt(source, commentsAbove(source, keySpan.start));
  const last = lineAt(source, inkEnd(source, { start: keySpan.start, end: value.span.end }));
  const own = keySpan.start - lineSpan(source, lineAt(source, keySpan.start)).start;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const { start, end } = lineSpan(source, first + index);
    const line = source.text.slice(start, end);
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    return line.trim() === '' ? '' : ' '.repeat(Math.max(0, indent - own + column)) + line.trimStart();
  });
}

/** Where the comments begin that stand directly above a key, in its column. */
function commentsAbove(source: Source, offset: number): number {
  let line = lineAt(source, offset);
  const column = offset - lineSpan(source, line).start;
  while (line > 0) {
    const { start, end } = lineSpan(source, line - 1);
    if (!/^ *#/.test(source.text.slice(start, end)) || source.text.slice(start, end).indexOf('#') !== column) break;
    line--;
  }
  return lineSpan(source, line).start;
}
