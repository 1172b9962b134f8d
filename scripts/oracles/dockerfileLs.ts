import { complete } from '../../src/assist/complete.ts';
import { foldsInDockerfile } from '../../src/assist/dockerfile/folding.ts';
import { formatAfterContinuation, formatDockerfile, type FormatOptions } from '../../src/assist/dockerfile/format.ts';
import { hoverDockerfile } from '../../src/assist/dockerfile/hover.ts';
import { linksInDockerfile } from '../../src/assist/dockerfile/links.ts';
import { namedInDockerfile } from '../../src/assist/dockerfile/names.ts';
import { declaration } from '../../src/assist/declaration.ts';
import { signaturesInDockerfile } from '../../src/assist/dockerfile/signature.ts';
import { symbolsInDockerfile } from '../../src/assist/dockerfile/symbols.ts';
import { tokensInDockerfile } from '../../src/assist/dockerfile/tokens.ts';
import { tokenTypes, type Symbol } from '../../src/assist/model.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { lineAt, lineSpan, offsetAt, positionAt, type Edit, type Span } from '../../src/text/text.ts';
import type { Dockerfile } from '../../src/dockerfile/model.ts';
import { deliberate } from './differences/dockerfileLs.ts';
import { bareWorld, score, type Oracle, type Score } from '../oracle.ts';

// Labels, ranges and edits of the usual Dockerfile server; wording is ours, and where we offer more, more is right.

export interface Row {
  readonly op: string;
  readonly dockerfile?: string;
  readonly position?: readonly [number, number];
  readonly args?: readonly unknown[];
  readonly newName?: string;
  readonly expected: unknown;
  readonly test: string;
}
type Range = readonly [number, number, number, number];

export const world = bareWorld();

export const rangeOf = ({ source }: Dockerfile, { start, end }: Span): Range => {
  const [from, to] = [positionAt(source, start), positionAt(source, end)];
  return [from.line, from.character, to.line, to.character];
};
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What we answer, in the row's form. */
type Answer = (file: Dockerfile, offset: number, row: Row) => unknown;

export const named = (file: Dockerfile, offset: number) => namedInDockerfile(file, offset);

const sorted = <T extends { readonly range: Range }>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);

export const exact: Readonly<Record<string, Answer>> = {
  computeDefinition: (file, offset) => {
    const found = named(file, offset);
    const target = found && declaration(found);
    return target ? rangeOf(file, target.span) : null;
  },
  computeHighlightRanges: (file, offset) =>
    sorted((named(file, offset)?.places ?? []).map(({ span, write }) => ({ range: rangeOf(file, span), kind: write ? 3 : 2 }))),
  prepareRename: (file, offset) => {
    const found = named(file, offset);
    return found ? rangeOf(file, found.span) : null;
  },
  computeRename: (file, offset, { newName }) =>
    sorted((named(file, offset)?.places ?? []).map(({ span }) => ({ range: rangeOf(file, span), newText: newName }))),
  computeSignatureHelp: (file, offset) => {
    const found = signaturesInDockerfile(file, offset);
    return {
      signatures: (found?.signatures ?? []).map(({ label, parameters }) => ({ label, parameters })),
      activeParameter: found?.active ?? null,
    };
  },
  computeSymbols: (file) => {
    const flat = (symbols: readonly Symbol[]): readonly Symbol[] => symbols.flatMap((each) => [each, ...flat(each.children)]);
    return flat(symbolsInDockerfile(file)).map(({ name, kind, nameSpan }) => ({
      name,
      kind: kind === 'directive' ? 7 : 12,
      range: rangeOf(file, nameSpan),
    }));
  },
  computeSemanticTokens: (file) => numbers(file, true),
  formatRange: (file, _offset, { args = [] }) => {
    const [range, options] = args as [
      { start: { line: number }; end: { line: number } },
      FormatOptions & { ignoreMultilineInstructions?: boolean },
    ];
    return edits(
      file,
      formatDockerfile(
        file,
        { ...options, ignoreMultiline: options.ignoreMultilineInstructions === true },
        range.start.line,
        range.end.line,
      ),
    );
  },
  formatOnType: (file, _offset, { args = [] }) => {
    const [position, typed, options] = args as [
      { line: number; character: number },
      string,
      FormatOptions & { ignoreMultilineInstructions?: boolean },
    ];
    const all = { ...options, ignoreMultiline: options.ignoreMultilineInstructions === true };
    return edits(file, formatAfterContinuation(file, offsetAt(file.source, position), typed, all));
  },
  computeLinks: (file) =>
    linksInDockerfile(file).map(({ span, target }) => ({ range: rangeOf(file, span), target: target.kind === 'page' ? target.url : '' })),
  computeFoldingRanges: (file) =>
    foldsInDockerfile(file)
      .filter(({ kind }) => kind !== 'region')
      .map(({ start, end, kind }) => ({ startLine: lineAt(file.source, start), endLine: lineAt(file.source, end), ...(kind && { kind }) })),
};
export function numbers(file: Dockerfile, inside: boolean): readonly number[] {
  let [line, character] = [0, 0];
  return tokensInDockerfile(file, inside).flatMap(({ start, end, type, declaration, deprecated }) => {
    const at = positionAt(file.source, start);
    const row = [at.line - line, at.line === line ? at.character - character : at.character, end - start, tokenTypes.indexOf(type)];
    [line, character] = [at.line, at.character];
    return [...row, (declaration ? 1 : 0) + (deprecated ? 4 : 0)];
  });
}
const edits = (file: Dockerfile, all: readonly Edit[]) => all.map(({ span, text }) => ({ range: rangeOf(file, span), newText: text }));

/** The row's answer without what is wording or the client's wish. */
export function wanted({ op, expected }: Row): unknown {
  switch (op) {
    case 'computeSignatureHelp': {
      const help = expected as {
        signatures: readonly { label: string; parameters: readonly { label: string }[] }[];
        activeParameter: number | null;
      } | null;
      return {
        signatures: (help?.signatures ?? []).map(({ label, parameters }) => ({ label, parameters: parameters.map((each) => each.label) })),
        activeParameter: help?.signatures.length ? help.activeParameter : null,
      };
    }
    case 'computeHighlightRanges':
      return sorted(expected as readonly { range: Range; kind: number }[]);
    case 'computeRename':
      return sorted((expected ?? []) as readonly { range: Range; newText: string }[]);
    case 'computeLinks':
      return (expected as readonly { range: Range; target: string | null; data: string | null }[]).map(({ range, target, data }) => ({
        range,
        target: target ?? `https://hub.docker.com/${(data ?? '').replace(/\/$/, '')}`,
      }));
    case 'computeFoldingRanges':
      return (expected as readonly { startLine: number; endLine: number; kind?: string }[]).map(({ startLine, endLine, kind }) => ({
        startLine,
        endLine,
        ...(kind && { kind }),
      }));
    default:
      return expected;
  }
}

export interface Item {
  readonly label: string;
  readonly newText?: string;
  readonly range?: Range;
  readonly snippet?: boolean;
}

/** What that server does not know and BuildKit does: flags of RUN, ADD, COPY and FROM, signals, AS, images. */
const beyond = /^(?:--(?:mount|network|security|device|chmod|link|parents|exclude|checksum|keep-git-dir|unpack)\b|SIG|AS$|scratch$)/;

/** Everything that is expected has to be there; where nothing is expected, nothing may be. */
export function completion(file: Dockerfile, offset: number, expected: readonly Item[]): string | undefined {
  const items = complete(file, offset, world).map(({ label, text, snippet, span }) => ({
    label,
    text,
    snippet,
    range: rangeOf(file, span),
  }));
  if (!expected.length)
    return items.some(({ label }) => !beyond.test(label))
      ? `nothing expected, got ${items
          .map(({ label }) => label)
          .slice(0, 5)
          .join(', ')}`
      : undefined;
  const missing = expected.filter(
    (want) =>
      !items.some(
        ({ label, text, snippet, range }) =>
          (label === want.label || text === want.label) &&
          (want.range === undefined || same(range, want.range)) &&
          (want.newText === undefined || (want.snippet ? snippet : text) === want.newText),
      ),
  );
  const [first] = missing;
  if (!first) return undefined;
  const near = items.find(({ label, text }) => label === first.label || text === first.label);
  return `no ${JSON.stringify(first)}${
    near
      ? `, but ${JSON.stringify(near)}`
      : `; got ${items
          .map(({ label }) => label)
          .slice(0, 5)
          .join(', ')}`
  }`;
}

function hovering(file: Dockerfile, offset: number, expected: { readonly contents: unknown } | null): string | undefined {
  const card = hoverDockerfile(file, offset, world);
  if (!expected) return card ? `nothing expected, got ${JSON.stringify(card.markdown.slice(0, 60))}` : undefined;
  if (!card) return `nothing, where ${JSON.stringify(expected.contents).slice(0, 60)} is expected`;
  const value = expected.contents;
  // Short plain text is a variable's value; the rest is prose.
  if (typeof value === 'string' && value.length < 30 && !value.includes('```') && !card.markdown.includes(value))
    return `${JSON.stringify(card.markdown)} does not say ${JSON.stringify(value)}`;
  return undefined;
}

function verdict(row: Row): string | undefined {
  const file = parseDockerfile('Dockerfile', row.dockerfile ?? '');
  const [line = 0, character = 0] = row.position ?? [];
  const offset = outside(file, line, character) ? -1 : offsetAt(file.source, { line, character });
  const name = `${row.op} ${JSON.stringify(row.dockerfile)} ${line}:${character}`;
  const problem =
    row.op === 'computeCompletionItems'
      ? completion(file, offset, row.expected as readonly Item[])
      : row.op === 'computeHover'
        ? hovering(file, offset, row.expected as { contents: unknown } | null)
        : different(file, offset, row);
  return problem === undefined ? undefined : `${name}: ${problem}`;
}

const outside = ({ source }: Dockerfile, line: number, character: number): boolean => {
  const { start, end } = lineSpan(source, line);
  return line >= source.lineStarts.length || line < 0 || character < 0 || character > end - start;
};

function different(file: Dockerfile, offset: number, row: Row): string | undefined {
  const answer = offset < 0 ? undefined : exact[row.op]?.(file, offset, row);
  const want = wanted(row);
  if (
    same(answer ?? null, want ?? null) ||
    (offset < 0 && (want === null || same(want, []) || same(want, { signatures: [], activeParameter: null })))
  )
    return undefined;
  return `${JSON.stringify(answer)} instead of ${JSON.stringify(want)}`;
}

export const oracle: Oracle = {
  file: 'dockerfile-ls.jsonl',
  measure(rows): readonly Score[] {
    const all = rows as readonly Row[];
    // Code actions of that server are commands; ours are edits of findings, which the rules' examples test.
    const ops = [...new Set(all.map(({ op }) => op))].filter((op) => !/^compute(?:CodeActions|CommandEdits)$/.test(op));
    return ops.map((op) =>
      score(
        op,
        floors[op] ?? 0,
        all.filter((row) => row.op === op),
        verdict,
        deliberate,
      ),
    );
  },
};

/** The level reached. */
const floors: Readonly<Record<string, number>> = {
  computeCompletionItems: 1,
  computeDefinition: 1,
  computeFoldingRanges: 1,
  formatRange: 1,
  formatOnType: 1,
  computeHighlightRanges: 1,
  computeHover: 1,
  computeLinks: 1,
  prepareRename: 1,
  computeRename: 1,
  computeSemanticTokens: 1,
  computeSignatureHelp: 1,
  computeSymbols: 1,
};
