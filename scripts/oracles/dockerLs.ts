import { completeCompose } from '../../src/assist/compose/complete.ts';
import { formatCompose } from '../../src/assist/compose/format.ts';
import { hintsInCompose } from '../../src/assist/compose/hints.ts';
import { hoverCompose } from '../../src/assist/compose/hover.ts';
import { linksInCompose } from '../../src/assist/compose/links.ts';
import { namedInCompose } from '../../src/assist/compose/names.ts';
import { symbolsInCompose } from '../../src/assist/compose/symbols.ts';
import type { ComposeFile } from '../../src/compose/model.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import type { World } from '../../src/lint/rule.ts';
import { lineAt, lineSpan, offsetAt, positionAt, type Span } from '../../src/text/text.ts';
import { bareWorld, score, type Oracle, type Score } from '../oracle.ts';

// Docker's own server on Compose files: places and labels; documentation and order are ours.

interface Row {
  readonly feature: string;
  readonly lang: string;
  readonly name: string;
  readonly content: unknown;
  readonly otherContent?: string;
  readonly line?: number;
  readonly character?: number;
  readonly expected: Readonly<Record<string, unknown>>;
}
interface Range {
  readonly Start: { readonly Line?: number; readonly Character?: number };
  readonly End: { readonly Line?: number; readonly Character?: number };
}

/** What lies beside a case's file: the other file it names, and those of the folder that paths are completed in. */
const worldOf = ({ otherContent, name }: Row): World => {
  const bare = bareWorld();
  const other = typeof otherContent === 'string' ? otherContent : undefined;
  return {
    ...bare,
    files: {
      ...bare.files,
      read: (path) => (path === 'compose.other.yaml' ? other : undefined),
      list: () => (name.includes('file structure') ? ['a.txt', 'b', 'folder/'] : undefined),
    },
  };
};

const plain = ({ Start, End }: Range): string => `${Start.Line ?? 0}:${Start.Character ?? 0}-${End.Line ?? 0}:${End.Character ?? 0}`;
const place = ({ source }: ComposeFile, { start, end }: Span): string => {
  const [from, to] = [positionAt(source, start), positionAt(source, end)];
  return `${from.line}:${from.character}-${to.line}:${to.character}`;
};
const list = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
const equal = (ours: readonly string[], theirs: readonly string[]): string | undefined =>
  JSON.stringify(ours.toSorted()) === JSON.stringify(theirs.toSorted())
    ? undefined
    : `${JSON.stringify(ours)} instead of ${JSON.stringify(theirs)}`;

/** The labels that are wanted and not offered, and those that are. */
function completionOf(
  file: ComposeFile,
  offset: number,
  row: Row,
): { readonly missing: readonly string[]; readonly labels: ReadonlySet<string> } {
  const items = completeCompose(file, offset, worldOf(row));
  const labels = new Set(items.map(({ label }) => label));
  const placed = new Set(items.map(({ label, span }) => `${label} ${place(file, span)}`));
  const wanted = list((row.expected['list'] as { readonly Items?: unknown } | null)?.Items);
  const missing = wanted.filter(({ Label, TextEdit }) => {
    const range = (TextEdit as { readonly Range?: Range } | undefined)?.Range;
    return range ? !placed.has(`${String(Label)} ${plain(range)}`) : !labels.has(String(Label));
  });
  return { missing: missing.map(({ Label }) => String(Label)), labels };
}

/** The line that a span begins in, from its first key on. */
const lineOf = ({ source }: ComposeFile, { start }: Span): string => {
  const line = lineSpan(source, lineAt(source, start));
  return source.text.slice(line.start, line.end).replace(/^[\s-]*/, '');
};

const editsOf = (file: ComposeFile, { expected }: Row): { readonly ours: readonly string[]; readonly theirs: readonly string[] } => ({
  ours: formatCompose(file, 2).map(({ span, text }) => `${place(file, span)} «${text}»`),
  theirs: list(expected['edits']).map(({ NewText, Range }) => `${plain(Range as Range)} «${String(NewText)}»`),
});

type Verdict = (file: ComposeFile, offset: number, row: Row) => string | undefined;

const verdicts: Readonly<Record<string, { readonly floor: number; readonly verdict: Verdict; readonly deliberate?: Verdict }>> = {
  completion: {
    floor: 0.99,
    verdict: (file, offset, row) => {
      const { missing, labels } = completionOf(file, offset, row);
      return missing.length ? `no ${missing.join(', ')}; got ${[...labels].join(', ').slice(0, 200)}` : undefined;
    },
    deliberate: (file, offset, row) => {
      const { missing } = completionOf(file, offset, row);
      const written = (label: string): boolean => new RegExp(`^\\s*(?:- )?${label}:`, 'm').test(file.source.text);
      if (missing.every(written)) return 'keys that are there already are left out';
      return missing.includes('golang') ? 'tags are those of the machine, the workspace and the tables: no registry is asked' : undefined;
    },
  },
  documentHighlight: {
    floor: 1,
    deliberate: (file, offset, { expected }) => {
      const places = namedInCompose(file, offset)?.places ?? [];
      return !list(expected['ranges']).length && places.length > 0 && !places.some(({ write }) => write)
        ? 'a name that nothing declares is marked wherever it stands'
        : undefined;
    },
    verdict: (file, offset, { expected }) => {
      const ours = (namedInCompose(file, offset)?.places ?? []).map(
        ({ span, write }) => `${place(file, span)} ${write ? 'Write' : 'Read'}`,
      );
      return equal(
        ours,
        list(expected['ranges']).map(({ Range, Kind }) => `${plain(Range as Range)} ${String(Kind).replace('DocumentHighlightKind', '')}`),
      );
    },
  },
  documentLink: {
    floor: 1,
    deliberate: (file, _offset, { expected }) =>
      !list(expected['links']).length &&
      !expected['linkRange'] &&
      linksInCompose(file).every(({ span }) => /^source:/.test(lineOf(file, span)))
        ? 'a folder that is bound opens, in the long form as in the short one'
        : undefined,
    verdict: (file, _offset, { expected }) => {
      const links = linksInCompose(file);
      const one = expected['linkRange'] as Range | undefined;
      if (one)
        return links.some(({ span }) => place(file, span) === plain(one))
          ? undefined
          : `no link at ${plain(one)}; got ${links.map(({ span }) => place(file, span)).join()}`;
      return equal(
        links.map(({ span }) => place(file, span)),
        list(expected['links']).map(({ Range }) => plain(Range as Range)),
      );
    },
  },
  documentSymbol: {
    floor: 1,
    verdict: (file, _offset, { expected }) =>
      equal(
        symbolsInCompose(file).flatMap(({ children }) => children.map(({ name, nameSpan }) => `${name} ${place(file, nameSpan)}`)),
        list(expected['symbols']).map(({ Name, SelectionRange }) => `${String(Name)} ${plain(SelectionRange as Range)}`),
      ),
  },
  formatting: {
    floor: 1,
    deliberate: (file, _offset, row) => {
      const { ours, theirs } = editsOf(file, row);
      const lines = file.source.text.split('\n');
      const isMoved = (edit: string): boolean => /^\s*#/.test(lines[parseInt(edit, 10)] ?? '');
      return ours.every((edit) => theirs.includes(edit)) && theirs.every((edit) => ours.includes(edit) || isMoved(edit))
        ? 'what is commented out stays at its level, also where the next key stands further out'
        : undefined;
    },
    verdict: (file, _offset, row) => {
      const { ours, theirs } = editsOf(file, row);
      return equal(ours, theirs);
    },
  },
  inlayHint: {
    floor: 1,
    verdict: (file, _offset, { expected }) =>
      equal(
        hintsInCompose(file).map(({ label }) => label),
        list(expected['inlayHints']).map(({ Label }) => String(Label)),
      ),
  },
  hover: {
    floor: 1,
    verdict: (file, offset, row) => {
      const { expected } = row;
      const card = hoverCompose(file, offset, worldOf(row));
      const wanted = expected['result'] as { readonly Contents?: { readonly Value?: string }; readonly Range?: Range } | null;
      if (!wanted?.Contents) return card ? `nothing expected, got ${card.markdown.slice(0, 60)}` : undefined;
      if (!card) return 'nothing';
      const { Value = '' } = wanted.Contents;
      // What is quoted from the file has to be the same; prose is ours.
      return Value.startsWith('```YAML') && !card.markdown.toLowerCase().startsWith(Value.toLowerCase())
        ? `${JSON.stringify(card.markdown)} instead of ${JSON.stringify(Value)}`
        : undefined;
    },
  },
};

export const oracle: Oracle = {
  file: 'docker-ls.jsonl',
  measure(rows): readonly Score[] {
    const ours = (rows as readonly Row[]).filter(({ lang, content }) => lang === 'compose' && typeof content === 'string');
    return Object.entries(verdicts).map(([feature, { floor, verdict, deliberate }]) => {
      const ask = (row: Row, how: Verdict): string | undefined => {
        const file = parseCompose('compose.yaml', String(row.content));
        return how(file, offsetAt(file.source, { line: row.line ?? 0, character: row.character ?? 0 }), row);
      };
      return score(
        feature,
        floor,
        ours.filter((row) => row.feature.startsWith(`${feature}/`)),
        (row) => {
          const problem = ask(row, verdict);
          return problem === undefined
            ? undefined
            : `${feature} ${row.name} ${JSON.stringify(row.content)} ${row.line ?? 0}:${row.character ?? 0}: ${problem}`;
        },
        (row) => deliberate && ask(row, deliberate),
      );
    });
  },
};
