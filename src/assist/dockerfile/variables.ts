import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { expand } from '../../dockerfile/expand.ts';
import { globalArgs, platformArgs, stageAround, type Variable, variablesAt } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import type { Completion } from '../model.ts';
import { proxyArgs } from './shapes.ts';

type BuildArgs = Readonly<Record<string, string>>;

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
        // Without the brace, so that one that is typed ends the list: `${DB}` has its letters in `${DB_HOST}` too.
        filter: written.replace(/\}$/, ''),
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
  /** Whether the place is the declaration itself. */
  readonly declared: boolean;
}

/** The variable at an offset of an instruction: `$NAME`, `${NAME…}`, or the name that ENV and ARG declare. */
export function variableAt(file: Dockerfile, instruction: Instruction, offset: number, buildArgs: BuildArgs): VariableAt | undefined {
  const stage = stageAround(file, instruction);
  const declared = instruction.pairs?.find(({ name }) => name.span.start <= offset && offset <= name.span.end);
  if (declared && /^(?:ENV|ARG)$/.test(instruction.keyword)) {
    const { name, value } = declared;
    const kind = instruction.keyword === 'ENV' ? 'env' : 'arg';
    const given = value && settled(file, instruction, stage, value.text, buildArgs);
    return { name: name.value, span: name.span, known: { name: name.value, value: given, kind, declaration: name }, declared: true };
  }
  const reference = uses(file, instruction).find(({ span }) => span.start <= offset && offset <= span.end);
  if (!reference) return undefined;
  // `${NAME` without its end is nothing yet.
  const { text } = file.source;
  const open = text[reference.span.start - 1] === '{' && !text.slice(reference.span.end, instruction.span.end).includes('}');
  return {
    name: reference.name,
    span: reference.span,
    known: open ? undefined : variablesBefore(file, instruction, stage, buildArgs).get(reference.name),
    declared: false,
  };
}

/** A declared value with the variables before it put in; as written where that fails. */
function settled(file: Dockerfile, instruction: Instruction, stage: Stage | undefined, text: string, buildArgs: BuildArgs): string {
  const before = variablesBefore(file, instruction, stage, buildArgs);
  const result = expand(text, (name) => before.get(name)?.value, { escape: file.escape, keepUnset: true });
  return result.ok ? result.text : text;
}

/** The variables an instruction sees; before the first FROM, which a build refuses but people write, those above it. */
function variablesBefore(
  file: Dockerfile,
  instruction: Instruction,
  stage: Stage | undefined,
  buildArgs: BuildArgs,
): ReadonlyMap<string, Variable> {
  if (stage) return stage.from === instruction ? globalArgs(file, buildArgs) : variablesAt(file, stage, instruction, buildArgs);
  const variables = new Map<string, Variable>();
  for (const { keyword, pairs = [], span } of file.instructions) {
    if (span.start >= instruction.span.start) break;
    for (const { name, value } of pairs)
      if (keyword === 'ENV' || keyword === 'ARG')
        variables.set(name.value, { name: name.value, value: value?.value, kind: keyword === 'ENV' ? 'env' : 'arg', declaration: name });
  }
  return variables;
}

/** Every `$NAME` and `${NAME…}` of an instruction's arguments, heredocs that are expanded included. */
export function uses(file: Dockerfile, instruction: Instruction): readonly { readonly name: string; readonly span: Span }[] {
  const found: { readonly name: string; readonly span: Span }[] = [];
  const scan = (text: string, at: (index: number) => number): void => {
    const literal = shells.has(instruction.keyword) ? [] : singleQuoted(text);
    for (const match of text.matchAll(/(\\|`)?\$(?:\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/g)) {
      if (literal.some(({ start, end }) => start < match.index && match.index < end)) continue;
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

/** Instructions whose text a shell reads: what is in single quotes there may be read by another one. */
const shells: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** The parts of a text in single quotes, in which nothing is expanded. */
function singleQuoted(text: string): readonly Span[] {
  const spans: Span[] = [];
  if (!text.includes("'")) return spans;
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const ch = text[at] ?? '';
    if (ch === '\\' && quote !== "'") at++;
    else if (quote) {
      if (ch !== quote) continue;
      if (quote === "'") spans.push({ start, end: at });
      quote = '';
    } else if (ch === '"' || ch === "'") {
      quote = ch;
      start = at;
    }
  }
  return spans;
}
