import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { lineAt, lineSpan, type Edit } from '../../text/text.ts';

/** How an editor indents. */
export interface FormatOptions {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
  /** Leave instructions over several lines as they are. */
  readonly ignoreMultiline?: boolean;
}

/**
 * Edits of the white space at the beginnings of lines, from `first` to `last`: none before an instruction, one level before its further lines.
 * What a build sees stays: heredocs are not touched, nor lines that begin inside quotes, and a deeper level inside RUN is kept.
 */
export function formatDockerfile(
  file: Dockerfile,
  options: FormatOptions,
  first = 0,
  last = file.source.lineStarts.length - 1,
): readonly Edit[] {
  if (file.template) return [];
  const { source } = file;
  const indent = options.insertSpaces ? ' '.repeat(options.tabSize) : '\t';
  const owners = new Map<number, Instruction>();
  const kept = new Set<number>();
  for (const instruction of file.instructions) {
    const from = lineAt(source, instruction.span.start);
    const body = instruction.heredocs.length ? Math.min(...instruction.heredocs.map(({ content }) => content.start)) : instruction.span.end;
    const to = lineAt(source, Math.max(instruction.span.start, instruction.heredocs.length ? body - 1 : body));
    const through = lineAt(source, Math.max(instruction.span.start, instruction.span.end));
    for (let line = from + 1; line <= to; line++) owners.set(line, instruction);
    if (instruction.heredocs.length) for (let line = to + 1; line <= through; line++) kept.add(line);
    if (options.ignoreMultiline && through > from) for (let line = from + 1; line <= through; line++) kept.add(line);
    for (const line of quoted(file, instruction, from, to)) kept.add(line);
    for (const line of glued(file, from, to)) kept.add(line);
  }
  const edits: Edit[] = [];
  for (let line = first; line <= last; line++) {
    if (kept.has(line)) continue;
    const { start, end } = lineSpan(source, line);
    const text = source.text.slice(start, end);
    const lead = /^[ \t\f\v]*/.exec(text)?.[0] ?? '';
    const owner = owners.get(line);
    const blank = lead.length === text.length;
    const wanted = blank || !owner ? '' : owner.keyword === 'RUN' && deeper(lead, indent, options) ? lead : indent;
    if (lead !== wanted) edits.push({ span: { start, end: start + lead.length }, text: wanted });
  }
  return edits;
}

/** Whether a line is indented further than one level; then its author means something by it. */
const deeper = (lead: string, indent: string, { tabSize }: FormatOptions): boolean =>
  lead.replaceAll('\t', ' '.repeat(tabSize)).length > indent.replaceAll('\t', ' '.repeat(tabSize)).length;

/** The lines of an instruction that begin inside quotes: their white space is part of a value. */
function quoted({ source, comments }: Dockerfile, { span }: Instruction, from: number, to: number): readonly number[] {
  const lines: number[] = [];
  let quote = '';
  for (let line = from; line <= to; line++) {
    if (quote) lines.push(line);
    const { start, end } = lineSpan(source, line);
    if (comments.some((comment) => comment.span.start >= start && comment.span.end <= end)) continue;
    for (let at = Math.max(start, span.start); at < end; at++) {
      const ch = source.text[at] ?? '';
      if (ch === '\\' && quote !== "'") at++;
      else if (quote ? ch === quote : ch === '"' || ch === "'") quote = quote ? '' : ch;
    }
  }
  return quote ? [] : lines;
}

/** The lines that go on with the word that the line before them has begun: `light\` and `ning`. */
function glued({ source, comments, escape }: Dockerfile, from: number, to: number): readonly number[] {
  const lines: number[] = [];
  let open = false;
  for (let line = from; line <= to; line++) {
    const { start, end } = lineSpan(source, line);
    const text = source.text.slice(start, end);
    if (line > from && (!text.trim() || comments.some(({ span }) => start <= span.start && span.end <= end))) continue;
    if (open && !/^\s/.test(text)) lines.push(line);
    const written = text.trimEnd();
    // A line of nothing but the continuation says nothing about the word before it.
    const inside = written.slice(0, -1);
    open = written.endsWith(escape) && (inside.trim() ? !/\s$/.test(inside) : open && !inside);
  }
  return lines;
}

/** After a continuation character has been typed: the next line gets its level. */
export function formatAfterContinuation(file: Dockerfile, offset: number, typed: string, options: FormatOptions): readonly Edit[] {
  const { source, escape } = file;
  if (typed !== escape || options.ignoreMultiline) return [];
  const line = lineAt(source, offset);
  const here = lineSpan(source, line);
  const written = source.text.slice(here.start, here.end);
  if (/^\s*#/.test(written) || offset < here.end - (written.length - written.trimEnd().length)) return [];
  if (line + 1 >= source.lineStarts.length) return [];
  if (file.instructions.some(({ heredocs }) => heredocs.some(({ content }) => content.start <= offset && offset <= content.end))) return [];
  const next = lineSpan(source, line + 1);
  const lead = /^[ \t]*/.exec(source.text.slice(next.start, next.end))?.[0] ?? '';
  const indent = options.insertSpaces ? ' '.repeat(options.tabSize) : '\t';
  return lead.length || next.start === next.end ? [] : [{ span: { start: next.start, end: next.start }, text: indent }];
}
