import { isMap, isScalar, isSeq, parseDocument, type Node, type Scalar } from 'yaml';
import { source, type Span } from '../text/text.ts';
import type { PythonBound, Requirement, RequirementOption, Requirements } from './model.ts';
import { normalise } from './normalise.ts';
import { parseRequirements, pinnedBy } from './requirements.ts';

/** Names that differ between conda and PyPI. */
const onPypi: Readonly<Record<string, string>> = {
  pytorch: 'torch',
  'pytorch-gpu': 'torch',
  'pytorch-cpu': 'torch',
};

/** Reads conda's `environment.yml`, the section for pip included. Never fails. */
export function parseEnvironment(path: string, text: string): Requirements {
  const yaml = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const file = source(path, text);
  // Other programs have files of this name too, templates among them.
  const faults = (/^dependencies\s*:/m.test(text) ? yaml.errors.slice(0, 1) : []).map(({ pos, message }) => ({
    span: { start: Math.min(pos[0], text.length), end: Math.max(Math.min(pos[0], text.length), Math.min(pos[1], text.length)) },
    message: `This is no YAML: ${message}`,
  }));
  const requirements: Requirement[] = [];
  const options: RequirementOption[] = [];
  let python: PythonBound | undefined;
  const list = isMap(yaml.contents) ? yaml.get('dependencies', true) : undefined;
  for (const item of isSeq(list) ? list.items : []) {
    if (isMap(item)) {
      const pip = item.get('pip', true);
      for (const line of isSeq(pip) ? pip.items : []) {
        const inner = fileLine(line);
        if (!inner) continue;
        requirements.push(...inner.requirements);
        options.push(...inner.options);
      }
      continue;
    }
    const spec = isScalar(item) ? matchSpec(item) : undefined;
    if (!spec) continue;
    if (spec.name !== 'python') requirements.push(spec);
    else if (spec.specifier) python = { specifier: spec.specifier, span: spec.span };
  }
  return { language: 'requirements', format: 'conda', source: file, requirements, options, faults, ...(python ? { python } : {}) };
}

/** The value of a scalar and where it stands between its quotes. */
function written(node: unknown): { readonly value: string; readonly span: Span; readonly exact: boolean } | undefined {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return undefined;
  const [start, end] = node.range;
  const quotes = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0;
  const span = { start: start + quotes, end: end - quotes };
  return { value: node.value, span, exact: span.end - span.start === node.value.length };
}

/** A line of the `pip:` section, read as in a requirements file. */
function fileLine(node: unknown): Pick<Requirements, 'requirements' | 'options'> | undefined {
  const line = written(node);
  if (!line?.exact) return undefined;
  const { requirements, options } = parseRequirements('', line.value);
  const move = ({ start, end }: Span): Span => ({ start: line.span.start + start, end: line.span.start + end });
  return {
    requirements: requirements.map((each) => ({
      ...each,
      span: move(each.span),
      nameSpan: move(each.nameSpan),
      ...(each.specifierSpan ? { specifierSpan: move(each.specifierSpan) } : {}),
    })),
    options: options.map((each) => ({ ...each, span: move(each.span), valueSpan: move(each.valueSpan) })),
  };
}

function matchSpec(node: Scalar | Node): Requirement | undefined {
  const line = written(node);
  return line && condaRequirement(line.value, line.span, line.exact);
}

/** conda's `channel::name=version=build`, `name >=1,<2`; `whole` when every character of the text stands in the span. */
export function condaRequirement(text: string, span: Span, whole: boolean): Requirement | undefined {
  const match = /^(?:[\w./-]+::)?([\w.-]+)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(text);
  const [, name = '', rest = ''] = match ?? [];
  if (!match) return undefined;
  const version = /^=?=?\s*([\w.*+!]+)(?:=[\w.*]+)?$/.exec(rest)?.[1] ?? /^\s*([\w.*]+)\s+[\w.*]+$/.exec(rest)?.[1];
  const specifier = version === undefined ? rest.trim() : exact(version, rest.startsWith('=='));
  const nameAt = span.start + text.lastIndexOf(name, text.length - rest.length);
  const restAt = span.end - rest.length;
  const pinned = version !== undefined && /^\d+\.\d+(?:\.\d+)*$/.test(version) ? version : pinnedBy(specifier);
  const normal = normalise(name);
  return {
    name: onPypi[normal] ?? normal,
    nameSpan: whole ? { start: nameAt, end: nameAt + name.length } : span,
    extras: [],
    specifier,
    ...(rest && whole ? { specifierSpan: { start: restAt, end: span.end } } : {}),
    ...(pinned === undefined ? {} : { pinned }),
    span,
    entry: true,
    conda: true,
  };
}

/** `=3.12` means any 3.12 to conda, `==3.12` that alone. */
const exact = (version: string, whole: boolean): string =>
  version === '*' ? '' : whole || version.includes('*') || !/^\d+(?:\.\d+)*$/.test(version) ? `==${version}` : `==${version}.*`;
