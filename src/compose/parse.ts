import { isScalar } from 'yaml';
import { changeOf, editedSource } from '../text/change.ts';
import { source, type Source } from '../text/text.ts';
import { parseLoose } from './looseFlow.ts';
import type { ComposeFile, Fault, MapNode, Service } from './model.ts';
import { isMain } from './project.ts';
import { Reader } from './reader.ts';
import { reparse, type Memory } from './reparse.ts';
import { tabFaults } from './tabLines.ts';
import { isTemplate } from './template.ts';
import { mistakesOf, yamlFaults } from './yamlFaults.ts';
import { Attached } from '../text/attached.ts';

/**
 * Reads a Compose file. Never throws: whatever cannot be understood is a fault, and the rest is still there. With an earlier state of the
 * file, only the services that an edit touched are read.
 */
export function parseCompose(path: string, text: string, before?: ComposeFile): ComposeFile {
  const memory = before && memories.get(before);
  if (!memory) return parseWhole(source(path, text));
  const change = changeOf(before.source.text, text);
  const file = editedSource(before.source, text, change);
  const again = reparse(file, before, memory, change);
  if (!again) return parseWhole(file);
  const { memory: kept, ...parsed } = again;
  const services = servicesOf(again.root);
  const faults = withSpread(file, parsed.faults, services);
  const result = { ...parsed, faults, services, template: isTemplate(file, services), brokenFrom: firstOf(faults) };
  memories.set(result, kept);
  return result;
}

const memories = new Attached<ComposeFile, Memory>();

function parseWhole(file: Source): ComposeFile {
  const { text } = file;
  const yaml = parseLoose(text);
  const [first] = yaml;
  const mistakes = yaml.flatMap(({ errors }) => mistakesOf(errors));
  const faults: Fault[] = yamlFaults(file, mistakes);
  const [directive = '', version] =
    /^(?:\s*(?:#[^\n]*)?\n)*%YAML[ \t]+(\S+)/.exec(text.startsWith('\uFEFF') ? ' ' + text.slice(1) : text) ?? [];
  if (version !== undefined && version !== '1.1') {
    const span = { start: directive.lastIndexOf('%'), end: directive.length };
    faults.push({ span, message: `Compose reads YAML 1.1 only, and refuses a file that says ${version}: remove this line.` });
  }
  const read = faults.length;
  const complain = (fault: Fault): void => {
    faults.push(fault);
  };
  const reader = new Reader(text.length, complain);
  const node = first?.contents ? reader.node(first.contents) : undefined;
  const root = node?.kind === 'map' ? node : undefined;
  if (node && !root && !(node.kind === 'scalar' && node.value === null) && !faults.length)
    faults.push({ span: node.span, message: 'A Compose file is a mapping with keys such as «services:» at the top.' });
  // A file to lay over others may wait for what its owner will write.
  if (!root && !faults.length && (node || isMain(file.path)))
    faults.push({ span: { start: 0, end: 0 }, message: 'The Compose file is empty: it needs at least «services:».' });
  const later = yaml.slice(1).flatMap((document) => {
    const { contents } = document;
    // A second «...» begins nothing.
    if ((!contents || (isScalar(contents) && contents.value === null)) && document.directives.docStart === true && !mistakes.length) {
      const at = text.lastIndexOf('---', document.range[0]);
      const message = 'Another YAML document begins here and is empty, and Compose refuses the file: remove the line.';
      complain({ span: { start: Math.max(at, 0), end: Math.max(at, 0) + 3 }, message });
    }
    // Anchors reach into the documents behind theirs.
    const read = document.contents ? reader.node(document.contents) : undefined;
    return read?.kind === 'map' ? [read] : [];
  });
  for (const fault of tabFaults(text, yaml)) complain(fault);
  const documents = [...(root ? [root] : []), ...later];
  const services = servicesOf(root);
  const result: ComposeFile = {
    language: 'compose',
    source: file,
    broken: mistakes.length > 0,
    anchored: yaml.length > 1 || reader.anchors.size > 0,
    ...(root ? { root } : {}),
    documents,
    services,
    template: isTemplate(file, services),
    faults: withSpread(file, faults, services),
    brokenFrom: firstOf(faults),
  };
  if (!reader.renamed && yaml.length === 1 && version === undefined)
    memories.set(result, { anchors: reader.anchors, mistakes, complaints: faults.slice(read) });
  return result;
}

/** Marks what makes more than the service that it is in unreadable. */
const withSpread = ({ text }: Source, faults: readonly Fault[], services: readonly Service[]): readonly Fault[] =>
  faults.map((fault) => {
    if (!fault.reach) return fault;
    const own = services.findLast(({ span }) => span.start <= fault.span.start);
    return /^\s*[^\s#]/m.test(text.slice(Math.max(own?.span.end ?? 0, fault.span.end), fault.reach.end))
      ? { ...fault, spread: true }
      : fault;
  });

const firstOf = (faults: readonly Fault[]): number => Math.min(...faults.map(({ span }) => span.start));

function servicesOf(root: MapNode | undefined): Service[] {
  const services = root?.entries.find(({ key }) => key === 'services')?.value;
  if (services?.kind !== 'map') return [];
  return services.entries.map(({ key, keySpan, value }) => ({
    name: key,
    nameSpan: keySpan,
    span: { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) },
    node: value.kind === 'map' ? value : { kind: 'map', span: value.span, entries: [] },
  }));
}
