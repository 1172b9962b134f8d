import { source, type Span } from '../text/text.ts';
import type { Group, PythonBound, Requirement, Requirements } from './model.ts';
import { parseRequirement } from './requirements.ts';

/** Reads what setuptools installs: `setup.cfg`, and of a `setup.py` the lists that are written out. Never fails, and runs nothing. */
export function parseSetup(path: string, text: string): Requirements {
  const { requirements, python } = path.endsWith('.cfg') ? fromConfig(text) : fromScript(text);
  return {
    language: 'requirements',
    format: 'setup',
    source: source(path, text),
    requirements,
    options: [],
    faults: [],
    ...(python ? { python } : {}),
  };
}

interface Read {
  readonly requirements: readonly Requirement[];
  readonly python?: PythonBound;
}

function fromConfig(text: string): Read {
  const requirements: Requirement[] = [];
  let python: PythonBound | undefined;
  let section = '';
  let key = '';
  let at = 0;
  for (const line of text.split('\n')) {
    const start = at;
    at += line.length + 1;
    section = /^\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    const [, name, value] = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) key = name;
    const written = (name === undefined ? line : (value ?? '')).replace(/(?:^|\s)#.*$/, '').trim();
    if (!written || line.startsWith('[') || /^\s*#/.test(line)) continue;
    const from = start + line.indexOf(written, name?.length ?? 0);
    const group: Group | undefined = section === 'options.extras_require' ? { kind: 'extra', name: key } : undefined;
    if (section === 'options' && key === 'python_requires')
      python = { specifier: written, span: { start: from, end: from + written.length } };
    if (group || (section === 'options' && key === 'install_requires')) add(requirements, written, { start: from, end: from }, group);
  }
  return { requirements, ...(python ? { python } : {}) };
}

function fromScript(text: string): Read {
  const requirements: Requirement[] = [];
  const open = /\binstall_requires\s*=\s*\[/.exec(text);
  if (open) for (const each of strings(text, open.index + open[0].length)) add(requirements, each.value, each.span);
  const extras = /\bextras_require\s*=\s*\{/.exec(text);
  for (const { key, at } of extras ? lists(text, extras.index + extras[0].length) : [])
    for (const each of strings(text, at)) add(requirements, each.value, each.span, { kind: 'extra', name: key });
  const [, lead = '', bound] = /\b(python_requires\s*=\s*["'])([^"'\n]+)["']/.exec(text) ?? [];
  const at = bound === undefined ? 0 : text.indexOf(lead) + lead.length;
  return { requirements, ...(bound === undefined ? {} : { python: { specifier: bound, span: { start: at, end: at + bound.length } } }) };
}

function add(requirements: Requirement[], written: string, { start }: Span, group?: Group): void {
  const found = parseRequirement(written, (index) => start + index);
  if (found) requirements.push(group ? { ...found, group } : found);
}

const token = /\s+|#[^\n]*|,|(["'])((?:(?!\1)[^\\\n])*)\1/y;

/** The strings of a list that holds nothing else, from behind its bracket; none of a list that is worked out. */
function strings(text: string, from: number): readonly { readonly value: string; readonly span: Span }[] {
  const found: { readonly value: string; readonly span: Span }[] = [];
  token.lastIndex = from;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [all, , value] = match;
    if (value !== undefined) found.push({ value, span: { start: match.index + 1, end: match.index + all.length - 1 } });
    from = token.lastIndex;
  }
  return text[from] === ']' ? found : [];
}

/** The lists of a mapping, by key, from behind its brace. */
function lists(text: string, from: number): readonly { readonly key: string; readonly at: number }[] {
  const end = text.indexOf('}', from);
  return [...text.slice(from, end < 0 ? text.length : end).matchAll(/(["'])([\w.-]+)\1\s*:\s*\[/g)].map((match) => ({
    key: match[2] ?? '',
    at: from + match.index + match[0].length,
  }));
}
