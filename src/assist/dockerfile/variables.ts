import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { globalArgs, platformArgs, variablesAt, type Variable } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import type { Completion } from '../model.ts';
import { proxyArgs } from './shapes.ts';

/** Variables for a `$NAME` or `${NAME` that is being typed; undefined when none is. */
export function completeVariables(
  file: Dockerfile,
  instruction: Instruction,
  stage: Stage | undefined,
  offset: number,
  { options }: World,
): readonly Completion[] | undefined {
  const { text } = file.source;
  const typed = /(?:^|[^$\\`])((?:\\\\)*)(\$\{?)(\w*)$/.exec(text.slice(instruction.keywordSpan.end, offset));
  if (!typed) return /[\\`]\$\{?\w*$/.test(text.slice(instruction.keywordSpan.end, offset)) ? [] : undefined;
  const opener = typed[2] ?? '$';
  const prefix = typed[3] ?? '';
  const braces = opener === '${' || (prefix === '' && opener === '$');
  const start = offset - opener.length - prefix.length;
  const rest = /^\w*/.exec(text.slice(offset))?.[0] ?? '';
  const end = offset + rest.length + (opener === '${' && text[offset + rest.length] === '}' ? 1 : 0);

  const known =
    stage && instruction !== stage.from ? variablesAt(file, stage, instruction, options.buildArgs) : globalArgs(file, options.buildArgs);
  const names = new Set([...known.keys(), ...proxyArgs, ...(stage && instruction === stage.from ? platformArgs : [])]);
  return [...names]
    .filter((name) => name.toLowerCase().startsWith(prefix.toLowerCase()))
    .sort((a, b) => (a.toLowerCase() === b.toLowerCase() ? (a < b ? -1 : 1) : a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map((name) => {
      const variable = known.get(name);
      const written = braces ? `\${${name}}` : `$${name}`;
      return {
        label: written,
        kind: 'variable',
        span: { start, end },
        text: written,
        ...(variable?.value !== undefined && { detail: variable.value }),
        sort: variable ? `0${name}` : `1${name}`,
      };
    });
}

/** A variable that is read or declared at a place. */
export interface VariableAt {
  readonly name: string;
  /** The name alone, without `$` and braces. */
  readonly span: Span;
  readonly known: Variable | undefined;
}

/** The variable at an offset of an instruction: `$NAME`, `${NAME…}`, or the name that ENV and ARG declare. */
export function variableAt(
  file: Dockerfile,
  instruction: Instruction,
  offset: number,
  buildArgs: Readonly<Record<string, string>>,
): VariableAt | undefined {
  const stage = instruction.stage === undefined ? undefined : file.stages[instruction.stage];
  const declared = instruction.pairs?.find(({ name }) => name.span.start <= offset && offset <= name.span.end);
  if (declared && /^(?:ENV|ARG)$/.test(instruction.keyword)) {
    const after = file.instructions.find(({ span }) => span.start >= instruction.span.end);
    const values = stage
      ? variablesAt(file, stage, after?.stage === stage.index ? after : undefined, buildArgs)
      : globalArgs(file, buildArgs);
    return { name: declared.name.value, span: declared.name.span, known: values.get(declared.name.value) };
  }
  const reference = uses(file, instruction).find(({ span }) => span.start <= offset && offset <= span.end);
  if (!reference) return undefined;
  const values = stage && stage.from !== instruction ? variablesAt(file, stage, instruction, buildArgs) : globalArgs(file, buildArgs);
  return { name: reference.name, span: reference.span, known: values.get(reference.name) };
}

/** Every `$NAME` and `${NAME…}` of an instruction's arguments, heredocs that are expanded included. */
export function uses(file: Dockerfile, instruction: Instruction): readonly { readonly name: string; readonly span: Span }[] {
  const found: { readonly name: string; readonly span: Span }[] = [];
  const scan = (text: string, at: (index: number) => number): void => {
    for (const match of text.matchAll(/(\\|`)?\$(?:\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/g)) {
      if (match[1] !== undefined && match[1] === file.escape) continue;
      const name = match[2] ?? match[3] ?? '';
      const start = match.index + match[0].length - name.length;
      found.push({ name, span: { start: at(start), end: at(start + name.length - 1) + 1 } });
    }
  };
  scan(instruction.body.text, instruction.body.offsetAt);
  for (const { value } of instruction.flags) if (value) scan(value.text, (index) => value.span.start + index);
  for (const { content, expand } of instruction.heredocs)
    if (expand) scan(file.source.text.slice(content.start, content.end), (index) => content.start + index);
  return found;
}
