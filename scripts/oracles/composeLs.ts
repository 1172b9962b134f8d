import { composeLensesOf } from '../../client/views/composeLenses.ts';
import { defaultSettings } from '../../src/settings.ts';
import { completeCompose } from '../../src/assist/compose/complete.ts';
import { formatCompose } from '../../src/assist/compose/format.ts';
import { linksInCompose } from '../../src/assist/compose/links.ts';
import type { ComposeFile } from '../../src/compose/model.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { applyEdits, offsetAt, positionAt } from '../../src/text/text.ts';
import { problems } from '../../src/lint/rule.ts';
import unknownTag from '../../src/rules/compose/unknown-tag.ts';
import { bareWorld, score, type Oracle, type Score } from '../oracle.ts';

// Microsoft's server on Compose files: which items, links and formatted text; wording and order are ours.

interface Row {
  readonly op: string;
  readonly yaml: string;
  readonly position?: readonly [number, number];
  readonly expected: unknown;
  readonly test: string;
}
interface Item {
  readonly label: string;
}
interface Link {
  readonly range: Range;
  readonly target: string;
}
interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

const key = (label: string): string => label.replace(/(?<=\w):$/, '');
const offered = (file: ComposeFile, [line, character]: readonly [number, number]): readonly string[] =>
  completeCompose(file, offsetAt(file.source, { line, character }), bareWorld()).map(({ label }) => label);

const verdicts: Readonly<Record<string, (file: ComposeFile, row: Row) => string | undefined>> = {
  completion: (file, { position = [0, 0], expected }) => {
    const ours = offered(file, position);
    const wanted = (expected as readonly Item[] | null) ?? [];
    if (!wanted.length) return ours.length ? `nothing expected, got ${ours.join(', ').slice(0, 120)}` : undefined;
    const missing = wanted.map(({ label }) => key(label)).filter((label) => !ours.includes(label));
    return missing.length ? `no ${missing.join(', ')}; got ${ours.join(', ').slice(0, 120)}` : undefined;
  },
  documentLink: (file, { expected }) => {
    const place = ({ start, end }: Range): string => `${start.line}:${start.character}-${end.line}:${end.character}`;
    const ours = linksInCompose(file)
      .filter(({ target }) => target.kind === 'page')
      .map(({ span }) => place({ start: positionAt(file.source, span.start), end: positionAt(file.source, span.end) }));
    const wanted = (expected as readonly Link[]).map(({ range }) => place(range));
    return JSON.stringify(ours) === JSON.stringify(wanted) ? undefined : `${ours.join(' ')} instead of ${wanted.join(' ')}`;
  },
  codeLens: (file, { expected }) => {
    const source = { path: '/w/compose.yaml', file, runs: () => true, containers: undefined };
    const ours = composeLensesOf(source, defaultSettings['codeLens.compose']).length;
    const wanted = ((expected as readonly unknown[] | null) ?? []).length;
    return (ours === 0) === (wanted === 0) ? undefined : `${ours} instead of ${wanted}`;
  },
  publishDiagnostics: (file, { expected }) => {
    const rows = expected as readonly { readonly range: Range; readonly severity: number }[];
    const tags = problems(unknownTag, file, bareWorld());
    const ours = [...file.faults, ...tags].map(({ span }) => positionAt(file.source, span.start).line);
    const wanted = new Set(rows.map(({ range }) => range.start.line));
    // Theirs says one mistake on several lines, ours on the line that is wrong or the one before.
    const strange = ours.filter((line) => !wanted.has(line) && !wanted.has(line + 1));
    return (rows.length === 0) === (ours.length === 0) && !strange.length
      ? undefined
      : `lines ${ours.join(', ')} instead of ${[...wanted].join(', ')}`;
  },
  formatting: (file, { expected }) => {
    const [edit] = (expected as readonly { readonly newText: string }[] | null) ?? [];
    const ours = formatCompose(file, /\n {4}\w/.test(edit?.newText ?? '') && !/\n {2}\w/.test(edit?.newText ?? '') ? 4 : 2);
    if (!edit) return ours.length ? 'nothing expected, got edits' : undefined;
    const text = applyEdits(file.source.text, ours);
    return text === edit.newText ? undefined : `${JSON.stringify(text)} instead of ${JSON.stringify(edit.newText)}`;
  },
};

/** Where another answer is wanted. */
function deliberate({ op, yaml, position = [0, 0], expected }: Row): string | undefined {
  const line = yaml.split('\n')[position[0]] ?? '';
  if (op === 'completion' && Array.isArray(expected) && !expected.length)
    return /^\s*(?:- )?\S/.test(line)
      ? 'a key or value that stands there can be changed for another'
      : 'what fits the indentation is offered';
  if (op === 'completion' && (expected as readonly Item[]).some(({ label }) => yaml.includes(label)))
    return 'keys that are there already are left out';
  return op === 'formatting' ? 'spaces inside a line are left as they are' : undefined;
}

export const oracle: Oracle = {
  file: 'compose-ls.jsonl',
  measure: (rows): readonly Score[] =>
    Object.entries(verdicts).map(([op, verdict]) =>
      score(
        op,
        0.95,
        (rows as readonly Row[]).filter((row) => row.op === op),
        (row) => {
          const problem = verdict(parseCompose('compose.yaml', row.yaml), row);
          return problem === undefined
            ? undefined
            : `${op} ${row.test} ${JSON.stringify(row.yaml)} ${JSON.stringify(row.position)}: ${problem}`;
        },
        deliberate,
      ),
    ),
};
