import { expand } from './expand.ts';
import type { Span } from '../text/text.ts';
import type { Fault, Heredoc, Instruction, Word } from './model.ts';
import { mountsOf } from './mounts.ts';

const expanded = new Set(['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'FROM', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

/** The words of an instruction in which a build expands variables, as it takes them. */
export function expandedWords({ keyword, args, json, pairs }: Instruction, escape: string): readonly { word: Word; text: string }[] {
  if (!expanded.has(keyword)) return [];
  const fails = (word: Word): boolean => !expand(word.text, () => 'x', { escape }).ok;
  const words = (pairs ?? []).flatMap(({ name, value }) => {
    if (keyword !== 'ARG') return value ? [name, value] : [name];
    // The name of an ARG is taken as it is written; but a quote that its value closes began there.
    return value ? [/["']/.test(name.text) && fails(value) && fails(name) ? name : value] : [];
  });
  return (pairs ? words : args).map((word) => ({ word, text: json ? word.value : word.text }));
}

const expandedFlag = /^(?:chown|chmod|checksum|platform)$/;

/** The values of flags in which a build expands variables; what stood around them as quotes is gone then. */
function expandedFlags(instruction: Instruction): readonly { span: Span; text: string }[] {
  const { keyword, flags } = instruction;
  if (!flags.length) return [];
  if (keyword === 'RUN')
    return mountsOf(instruction).flatMap(({ fields }) =>
      fields.flatMap(({ name, value, span }) => (name === 'from' ? [] : [{ span, text: value }])),
    );
  if (keyword !== 'ADD' && keyword !== 'COPY' && keyword !== 'FROM') return [];
  return flags.flatMap(({ name, value }) => (value && expandedFlag.test(name) ? [{ span: value.span, text: value.value }] : []));
}

/** The heredocs in whose content a build expands variables: in what RUN reads, a shell does. */
export const expandedHeredocs = ({ keyword, heredocs }: Instruction): readonly Heredoc[] =>
  keyword === 'COPY' || keyword === 'ADD'
    ? heredocs.filter(({ expand, text }) => expand && text.includes('$') && text.length < longest)
    : [];

/** Longer ones are left alone, so that no limit of `expand` is taken for one of a build. */
const longest = 50_000;

/** How a build expands the content of a heredoc: with the escape of every other file, and quotes are nothing special. */
export const inHeredoc = { escape: '\\', skipQuotes: true } as const;

/** Quotes that never close and substitutions that are none, wherever a build expands variables. */
export function* expansionFaults(instruction: Instruction, escape: string): Generator<Fault> {
  const { json } = instruction;
  for (const { word, text } of expandedWords(instruction, escape)) {
    if (!/["'$]/.test(text)) continue;
    const result = expand(text, () => 'x', { escape });
    if (result.ok) continue;
    const { at } = result;
    const exact = at !== undefined && !json && word.text.length === word.span.end - word.span.start;
    // Of `${NAME:}` the whole: nothing in it is the modifier that is missing.
    const from = exact && text[at] === '}' ? Math.max(text.lastIndexOf('${', at), 0) : (at ?? 0);
    const span = exact ? { start: word.span.start + from, end: word.span.start + at + 1 } : word.span;
    yield { span, message: `${result.error} (in «${word.text}»)` };
  }
  for (const { span, text } of expandedFlags(instruction)) {
    const result = /["'$]/.test(text) ? expand(text, () => 'x', { escape }) : undefined;
    if (result?.ok === false) yield { span, message: `${result.error} (in «${text}»)` };
  }
  for (const { content, text, name } of expandedHeredocs(instruction)) {
    const result = expand(text, () => 'x', inHeredoc);
    if (result.ok) continue;
    const { start = 0 } = result;
    const [line = ''] = /^.*/.exec(text.slice(start)) ?? [];
    const [shown = line] = /^\$\{[^}]*\}?/.exec(line) ?? [];
    yield {
      span: { start: content.start + start, end: content.start + start + shown.length },
      message: `${result.error.replaceAll('\n', '\\n')} A build expands variables in this heredoc: write <<"${name}" to keep what stands there, or \\${shown}.`,
      meant: `\\${shown}`,
    };
  }
}
