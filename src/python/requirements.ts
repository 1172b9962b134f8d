import { source, type Span } from '../text/text.ts';
import type { Requirement, RequirementOption, Requirements } from './model.ts';
import { normalise } from './normalise.ts';
import { wheelOf } from './wheel.ts';

const named = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*/;

/** Reads a requirements file as pip does. Never fails: lines that pip would refuse are left out. */
export function parseRequirements(path: string, text: string): Requirements {
  const requirements: Requirement[] = [];
  const options: RequirementOption[] = [];
  for (const { line, offsetAt } of logicalLines(text)) {
    const content = line.replace(/(^|\s)#.*$/, '$1');
    const trimmed = content.trim();
    if (!trimmed) continue;
    const start = content.indexOf(trimmed);
    const span = { start: offsetAt(start), end: offsetAt(start + trimmed.length - 1) + 1 };
    if (trimmed.startsWith('-')) {
      const found = option(trimmed, (index) => offsetAt(start + index));
      if (found) options.push(found);
      if (found && (found.name === 'editable' || found.name === 'e')) {
        const inner = /#egg=([A-Za-z0-9._-]+)/.exec(found.value)?.[1];
        requirements.push({
          name: normalise(inner ?? ''),
          nameSpan: found.valueSpan,
          extras: [],
          specifier: '',
          url: found.value,
          editable: true,
          span,
        });
      }
      continue;
    }
    const requirement = parseRequirement(trimmed, (index) => offsetAt(start + index)) ?? bareWheel(trimmed, span);
    if (requirement) requirements.push(/\s--hash(?:=|\s)/.test(trimmed) ? { ...requirement, hashed: true } : requirement);
  }
  return { language: 'requirements', format: 'pip', source: source(path, text), requirements, options, faults: [] };
}

/** A wheel named by its address or path alone. */
export function bareWheel(text: string, span: Span): Requirement | undefined {
  const [url = '', ...rest] = text.split(/\s+/);
  const name = /^(?:https?:|file:|\.{0,2}\/)/.test(url) ? wheelOf(url)?.name : undefined;
  const marker = /^;\s*(.*)$/.exec(rest.join(' '))?.[1];
  return name === undefined
    ? undefined
    : { name, nameSpan: span, extras: [], specifier: '', url, span, ...(marker === undefined ? {} : { marker }) };
}

/** The version that a specifier fixes; undefined when several versions fit. */
export const pinnedBy = (specifier: string): string | undefined => /^={2,3}\s*([^\s,*]+)$/.exec(specifier)?.[1];

/** One requirement, e.g. `torch[opt]==2.1.0 ; python_version < "3.12"`; undefined when it is none (a path or a bare URL). */
export function parseRequirement(text: string, offsetAt: (index: number) => number): Requirement | undefined {
  const head = named.exec(text);
  if (!head?.[1]) return undefined;
  const span = (start: number, end: number) => ({ start: offsetAt(start), end: end > start ? offsetAt(end - 1) + 1 : offsetAt(start) });
  const [, name, extras = ''] = head;
  const base = {
    name: normalise(name),
    nameSpan: span(0, name.length),
    extras: extras
      .split(',')
      .map((extra) => normalise(extra.trim()))
      .filter(Boolean),
  };
  const rest = text.slice(head[0].length);
  if (rest.startsWith('@')) {
    const [url = '', ...more] = rest.slice(1).trim().split(/\s+/);
    const marker = /^;\s*(.*?)(?:\s--.*)?$/.exec(more.join(' '))?.[1];
    return { ...base, specifier: '', url, span: span(0, text.length), ...(marker === undefined ? {} : { marker }) };
  }
  // Options of one requirement (`--hash=…`) and the marker end the specifier.
  const [, written = ''] = /^([^;]*?)\s*(?:;|\s--|$)/.exec(rest) ?? [];
  const specifier = written.replace(/^\((.*)\)$/, '$1').trim();
  if (specifier && !/^(?:===|[<>=!~]=|[<>])/.test(specifier)) return undefined;
  const marker = /;\s*(.*?)(?:\s--.*)?$/.exec(rest)?.[1];
  const at = head[0].length + Math.max(0, rest.indexOf(specifier));
  const pinned = pinnedBy(specifier);
  const end = specifier ? at + specifier.length : head[0].trimEnd().length;
  return {
    ...base,
    specifier,
    ...(specifier ? { specifierSpan: span(at, at + specifier.length) } : {}),
    ...(pinned === undefined ? {} : { pinned }),
    ...(marker === undefined ? {} : { marker }),
    span: span(0, end),
  };
}

const longNames: Readonly<Record<string, string>> = { r: 'requirement', c: 'constraint', i: 'index-url', f: 'find-links', e: 'editable' };

function option(text: string, offsetAt: (index: number) => number): RequirementOption | undefined {
  const match = /^(?:--([a-z-]+)(?:(?:\s*=\s*|\s+)(.*))?|-([a-z])\s*(.*))$/s.exec(text);
  if (!match) return undefined;
  const name = match[1] ?? longNames[match[3] ?? ''] ?? match[3] ?? '';
  const value = (match[2] ?? match[4] ?? '').trim();
  const at = value ? text.lastIndexOf(value) : text.length;
  const valueSpan = { start: value ? offsetAt(at) : offsetAt(text.length - 1) + 1, end: offsetAt(text.length - 1) + 1 };
  return { name, value, span: { start: offsetAt(0), end: offsetAt(text.length - 1) + 1 }, valueSpan };
}

/** Lines with `\` continuations joined, and the way back to the file. */
function* logicalLines(text: string): Generator<{ readonly line: string; readonly offsetAt: (index: number) => number }> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const starts: number[] = [];
    const offsets: number[] = [];
    let line = '';
    for (;;) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      const physical = text.slice(at, end).replace(/\r$/, '');
      // A comment ends the line even when it ends in a backslash.
      const continued = physical.endsWith('\\') && !/(^|\s)#/.test(physical);
      starts.push(line.length);
      offsets.push(at);
      line += continued ? physical.slice(0, -1) : physical;
      at = end + 1;
      if (!continued || at >= text.length) break;
    }
    yield {
      line,
      offsetAt: (index) => {
        let piece = starts.length - 1;
        while (piece > 0 && (starts[piece] ?? 0) > index) piece--;
        return (offsets[piece] ?? 0) + index - (starts[piece] ?? 0);
      },
    };
  }
}
