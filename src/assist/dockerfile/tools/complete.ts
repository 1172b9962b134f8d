import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import type { World } from '../../../lint/rule.ts';
import type { Span } from '../../../text/text.ts';
import type { Completion } from '../../model.ts';
import { contextPaths } from '../context.ts';
import { unquoted, type Typed } from '../place.ts';
import { commandBefore, known, toolCall } from './call.ts';
import type { Tool, ToolOption } from './tool.ts';

/** Verbs, options and their values of a program that is called; undefined where something else is written. */
export function completeTool(file: Dockerfile, instruction: Instruction, word: Typed, world: World): readonly Completion[] | undefined {
  const command = commandBefore(file, instruction, word.span.start);
  if (!command) return undefined;
  const { prefix, span } = unquoted(file, word);
  const offset = span.start + prefix.length;
  const call = toolCall(command.words.filter((each) => each.span.end <= word.span.start));
  if (!call) return undefined;
  const { tool, verb, open, ended } = call;
  const options = known(tool, verb);
  if (open) return values(file, open, prefix, { start: span.start, end: wordEnd(file, offset) }, world);
  const assigned = /^(--[\w-]+)=(.*)$/s.exec(prefix);
  if (assigned && !ended) {
    const option = options.find(({ names }) => names.includes(assigned[1] ?? ''));
    const typed = assigned[2] ?? '';
    return option && values(file, option, typed, { start: offset - typed.length, end: wordEnd(file, offset) }, world);
  }
  if (prefix.startsWith('-') && !ended) {
    const whole = toolCall(command.words.filter((each) => each.span.start !== span.start));
    const left = options.filter((option) => option.many || !(call.given.has(option) || whole?.given.has(option)));
    return optionItems(file, tool, left, prefix, { start: span.start, end: nameEnd(file, offset) }, instruction.json !== undefined);
  }
  return verb ? undefined : verbs(tool, call.operands, prefix, { start: span.start, end: nameEnd(file, offset) });
}

function optionItems(
  { source: { text } }: Dockerfile,
  tool: Tool,
  options: readonly ToolOption[],
  prefix: string,
  span: Span,
  listed: boolean,
): readonly Completion[] {
  const written = text[span.end] === '=';
  return options.flatMap((option, at): readonly Completion[] => {
    const { names, value, summary, usual } = option;
    const name = prefix === '-' ? names[0] : names.find((each) => each.startsWith(prefix));
    if (name === undefined) return [];
    const others = names.filter((each) => each !== name);
    const join = tool.equals && name.startsWith('--') ? '=' : ' ';
    return [
      {
        label: name,
        kind: 'property',
        span,
        text: name,
        // In a list each word has quotes of its own.
        ...(value !== undefined && !written && !listed && { snippet: `${name}${join}${placeholder(option, value)}` }),
        detail: [...others, ...(value === undefined ? [] : [value])].join(' '),
        documentation: summary,
        filter: names.join(' '),
        sort: `${usual ? 0 : 1}${String(at).padStart(3, '0')}`,
      },
    ];
  });
}

/** A tab stop: to choose from what is known, or with what stands there. */
const placeholder = ({ values: offers = [] }: ToolOption, value: string): string =>
  offers.length > 1 ? `\${1|${offers.join(',')}|}` : `\${1:${offers[0] ?? value}}`;

function values(
  file: Dockerfile,
  { values: offers = [], files, summary }: ToolOption,
  typed: string,
  span: Span,
  world: World,
): readonly Completion[] {
  const paths = files ? contextPaths(file, typed, world).filter((path) => files.test(path)) : [];
  return [
    ...offers
      .filter((text) => text.startsWith(typed))
      .map((text, at): Completion => ({ label: text, kind: 'enum', span, text, documentation: summary, sort: String(at) })),
    ...paths.map((path): Completion => ({ label: path, kind: path.endsWith('/') ? 'folder' : 'file', span, text: path })),
  ];
}

/** The verbs, word by word: `pip` of uv is followed by `install`. */
function verbs({ verbs: all }: Tool, before: readonly string[], prefix: string, span: Span): readonly Completion[] | undefined {
  const lead = before.map((word) => `${word} `).join('');
  const fitting = all.filter(({ name }) => name.startsWith(lead));
  if (!fitting.length) return undefined;
  const offers = new Map<string, string>();
  for (const { name, summary } of fitting) {
    const rest = name.slice(lead.length);
    const [word = ''] = rest.split(' ');
    if (!offers.has(word))
      offers.set(
        word,
        word === rest
          ? summary
          : fitting
              .filter((each) => each.name.startsWith(`${lead}${word} `))
              .map((each) => each.name)
              .join(', '),
      );
  }
  return [...offers]
    .filter(([word]) => word.startsWith(prefix))
    .map(([word, summary], at) => ({
      label: word,
      kind: 'enum',
      span,
      text: word,
      documentation: summary,
      sort: String(at).padStart(3, '0'),
    }));
}

const wordEnd = ({ source: { text } }: Dockerfile, offset: number): number =>
  offset + (/^[^\s"';&|)]*/.exec(text.slice(offset))?.[0].length ?? 0);
const nameEnd = ({ source: { text } }: Dockerfile, offset: number): number =>
  offset + (/^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0);
