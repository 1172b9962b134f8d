import type { Dockerfile, Instruction, Stage } from '../../../dockerfile/model.ts';
import { pipInstalls } from '../../../dockerfile/packages/pip.ts';
import { systemInstalls } from '../../../dockerfile/packages/system.ts';
import { globalArgs, stageAround, type Variable, variablesAt } from '../../../dockerfile/scope.ts';
import { scriptsOf } from '../../../dockerfile/shell/scripts.ts';
import { lineBreak, lineSpan, lineAt, slice, type Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { above, touched } from './layout.ts';

/** Something that could be an ARG: where its value stands, and what it might be called. */
interface Candidate {
  readonly spans: readonly Span[];
  readonly name: string;
}

/** Instructions whose text a build expands, and RUN, whose shell does. CMD and ENTRYPOINT run when the ARGs are gone. */
const expanded = new Set(['ADD', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR', 'RUN', 'FROM']);

/** Gives a tag, a version or what is selected a name: an ARG with it as its default, declared where it is seen. */
export function extractArg(file: Dockerfile, selection: Span): readonly Refactoring[] {
  const [instruction, other] = touched(file, selection);
  if (!instruction || other || !expanded.has(instruction.keyword)) return [];
  const stage = stageAround(file, instruction);
  if (!stage) return [];
  const candidates =
    selection.end > selection.start ? selected(file, instruction, selection) : atCursor(file, instruction, stage, selection.start);
  return candidates.flatMap((candidate) => extraction(file, instruction, stage, candidate) ?? []);
}

function extraction(file: Dockerfile, instruction: Instruction, stage: Stage, { spans, name }: Candidate): Refactoring | undefined {
  const [first] = spans;
  const value = first && slice(file.source, first);
  if (!first || value === undefined || !/^[\w.:@+/-]+$/.test(value) || spans.some((span) => !seen(file, instruction, span)))
    return undefined;
  const isFrom = instruction === stage.from;
  const known: ReadonlyMap<string, Variable> = isFrom ? globalArgs(file) : variablesAt(file, stage, instruction);
  const same = known.get(name);
  const isKnown = same?.value === value;
  const used = isKnown ? name : free(file, name);
  const replaced = spans.map((span) => ({ span, text: `\${${used}}` }));
  const title = isKnown ? `Use ${used} for «${value}»` : `Extract «${value}» to ARG ${used}`;
  if (isKnown) return { title, kind: 'extract', edits: replaced };
  const newline = lineBreak(file.source);
  const at = isFrom ? globalPlace(file) : above(file, instruction);
  const declared = `ARG ${used}=${value}${newline}`;
  const named = first.start + '${'.length + (at <= first.start ? declared.length : 0);
  return { title, kind: 'extract', edits: [{ span: { start: at, end: at }, text: declared }, ...replaced], named };
}

/** Behind the ARGs before the first FROM, or above it. */
function globalPlace(file: Dockerfile): number {
  const [first] = file.stages;
  const last = file.instructions.findLast(({ stage, keyword }) => stage === undefined && keyword === 'ARG');
  if (last) {
    const next = lineAt(file.source, last.span.end) + 1;
    return file.source.lineStarts[next] ?? lineSpan(file.source, next).end;
  }
  return first ? above(file, first.from) : 0;
}

/** A name that the file does not have yet. */
function free(file: Dockerfile, name: string): string {
  const taken = (word: string): boolean => new RegExp(`\\b${word}\\b`).test(file.source.text);
  let result = name;
  for (let count = 2; taken(result); count++) result = `${name}_${count}`;
  return result;
}

/** Whether a variable at a place would be put in: not inside single quotes, behind an escape, or where no shell looks. */
function seen(file: Dockerfile, instruction: Instruction, { start, end }: Span): boolean {
  const inside = [instruction.body.span, ...instruction.heredocs.map(({ content }) => content)].find(
    (span) => span.start <= start && end <= span.end,
  );
  if (!inside || file.comments.some(({ span }) => span.start < end && start < span.end)) return false;
  if (instruction.keyword === 'RUN') {
    if (instruction.json) return false;
    const words = scriptsOf(file, instruction).flatMap(({ commands }) =>
      commands.flatMap((command) => [...command.words, ...command.assignments, ...command.redirects.flatMap(({ target }) => target ?? [])]),
    );
    const word = words.find(({ span }) => span.start <= start && end <= span.end);
    return word !== undefined && !quotedAt(file.source.text.slice(word.span.start, start), '\\');
  }
  if (inside !== instruction.body.span) return false;
  if (instruction.json && !/^(?:ADD|COPY|VOLUME)$/.test(instruction.keyword)) return false;
  return !quotedAt(file.source.text.slice(instruction.body.span.start, start), file.escape);
}

/** Whether the end of a text stands in single quotes, behind an escape, or inside `${…}` or `$(…)`. */
function quotedAt(text: string, escape: string): boolean {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const ch = text[at];
    if (ch === escape && quote !== "'") at++;
    else if (quote) {
      if (ch === quote) quote = '';
    } else if (ch === '"' || ch === "'") quote = ch;
  }
  return quote === "'" || text.endsWith(escape) || /\$(?:\{[^}]*|\w*)$/.test(text);
}

function selected(file: Dockerfile, instruction: Instruction, selection: Span): readonly Candidate[] {
  const text = slice(file.source, selection);
  if (text !== text.trim() || !text) return [];
  const [known] = atCursor(file, instruction, file.stages[instruction.stage ?? 0], selection.start).filter(
    ({ spans: [span] }) => span?.start === selection.start && span.end === selection.end,
  );
  return [
    {
      spans: [selection],
      name: known?.name ?? (/^v?\d[\w.+-]*$/.test(text) ? 'VERSION' : text.startsWith('/') || text.startsWith('./') ? 'FOLDER' : 'VALUE'),
    },
  ];
}

function atCursor(file: Dockerfile, instruction: Instruction, stage: Stage | undefined, offset: number): readonly Candidate[] {
  const at = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  if (stage?.from === instruction)
    return stage.image && !stage.base && at(stage.image.span) ? ofImage(stage.image.text, stage.image.span) : [];
  const pinned = [
    ...pipInstalls(file, instruction).flatMap(({ operands }) => operands),
    ...systemInstalls(file, instruction).flatMap(({ packages }) => packages),
  ];
  const pin = pinned.find(({ span, dynamic }) => at(span) && !dynamic);
  const match = pin && /^(["']?)([A-Za-z][\w.-]*)(?:\[[^\]]*\])?(?:===?|=)([\w.+:~-]+)\1$/.exec(pin.text);
  if (pin && match?.[2] && match[3]) {
    const start = pin.span.start + pin.text.lastIndexOf(match[3]);
    return [{ spans: [{ start, end: start + match[3].length }], name: `${constant(match[2])}_VERSION` }];
  }
  return inAddress(file, instruction, offset);
}

/** The tag of an image, the version that the tag begins with, or the image. */
function ofImage(text: string, { start, end }: Span): readonly Candidate[] {
  if (/[$@"'\\`]/.test(text) || text === 'scratch') return [];
  const colon = text.lastIndexOf(':');
  if (colon <= text.lastIndexOf('/')) return [{ spans: [{ start, end }], name: 'BASE_IMAGE' }];
  const tag = text.slice(colon + 1);
  const subject = constant(text.slice(text.lastIndexOf('/', colon) + 1, colon));
  const version = /^v?\d+(?:\.\d+)*(?=-|$)/.exec(tag)?.[0] ?? '';
  const from = start + colon + 1;
  return [
    ...(version && version !== tag ? [{ spans: [{ start: from, end: from + version.length }], name: `${subject}_VERSION` }] : []),
    { spans: [{ start: from, end }], name: version === tag ? `${subject}_VERSION` : `${subject}_TAG` },
    { spans: [{ start, end }], name: 'BASE_IMAGE' },
  ];
}

/** A version inside an address, everywhere in that address. */
function inAddress(file: Dockerfile, { span }: Instruction, offset: number): readonly Candidate[] {
  const line = lineSpan(file.source, lineAt(file.source, offset));
  const text = file.source.text.slice(Math.max(line.start, span.start), line.end);
  const base = Math.max(line.start, span.start);
  const address = [...text.matchAll(/https?:\/\/[^\s"']+/g)].find(
    ({ index, 0: url }) => base + index <= offset && offset <= base + index + url.length,
  );
  if (!address) return [];
  const [url] = address;
  const versions = [
    ...url.matchAll(/(?<![\w.])v?(\d+(?:\.\d+)+(?:[-+.]?(?:rc|post|dev|a|b)?\d+)*)(?![\w])|(?<=[-_/v])(\d+(?:\.\d+)+)/g),
  ].map((match) => {
    const value = match[1] ?? match[2] ?? match[0];
    return { value, start: base + address.index + match.index + match[0].indexOf(value) };
  });
  const here =
    versions.find(({ value, start }) => start <= offset && offset <= start + value.length) ?? (versions.length ? versions[0] : undefined);
  if (!here) return [];
  const spans = versions.filter(({ value }) => value === here.value).map(({ value, start }) => ({ start, end: start + value.length }));
  const host = url
    .slice(0, here.start - base - address.index)
    .split('/')
    .slice(3)
    .reverse();
  const named = host.find(
    (part) => /^[A-Za-z][\w.-]*$/.test(part) && !/^(?:releases?|download|archive|refs|tags|v|files|dist|get)$/.test(part),
  );
  return [{ spans, name: named === undefined ? 'VERSION' : `${constant(named)}_VERSION` }];
}

const constant = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, 'V')
    .toUpperCase();
