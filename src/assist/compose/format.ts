import type { ComposeFile, Node } from '../../compose/model.ts';
import { parseAllDocuments } from 'yaml';
import { applyEdits, lineAt, lineSpan, type Edit } from '../../text/text.ts';

/**
 * Edits that bring every key and list item to its level, with the comments above them; nothing else is touched.
 * A file with mistakes in its YAML is left alone.
 */
export function formatCompose({ source, documents, broken }: ComposeFile, tabSize: number): readonly Edit[] {
  if (!documents.length || broken) return [];
  const { text } = source;
  const step = tabSize > 0 && tabSize <= 8 ? tabSize : 2;
  // How far each line moves, by the first key or dash on it.
  const moves = new Map<number, number>();
  const columnOf = (offset: number): number => offset - lineSpan(source, lineAt(source, offset)).start;
  const first = (offset: number): boolean => /^[ ]*$/.test(text.slice(offset - columnOf(offset), offset));
  const place = (offset: number, column: number): void => {
    const line = lineAt(source, offset);
    if (first(offset) && !moves.has(line)) moves.set(line, column - columnOf(offset));
  };
  const visit = (node: Node, column: number): void => {
    if (text[node.span.start] === '{' || text[node.span.start] === '[') return;
    if (node.kind === 'map')
      for (const { keySpan, value, merged } of node.entries) {
        if (merged || keySpan.start < node.span.start) continue;
        place(keySpan.start, column);
        if (lineAt(source, value.span.start) > lineAt(source, keySpan.start) || value.kind !== 'scalar') visit(value, column + step);
      }
    else if (node.kind === 'list')
      for (const item of node.items) {
        const dash = text.lastIndexOf('-', item.span.start - 1);
        if (dash < 0 || item.span.start < node.span.start) continue;
        place(dash, column);
        if (item.kind !== 'scalar') visit(item, column + (item.span.start - dash));
      }
  };
  for (const document of documents) visit(document, 0);
  const edits: Edit[] = [];
  const comments: number[] = [];
  let move = 0;
  for (let line = 0; line < source.lineStarts.length; line++) {
    const { start, end } = lineSpan(source, line);
    const written = text.slice(start, end);
    if (written.trim() === '') continue;
    if (/^\s*#/.test(written)) {
      comments.push(line);
      continue;
    }
    const own = moves.get(line);
    move = own ?? move;
    // Comments stand where what they are about stands; a `#` in a block of text moves with it.
    const column = /^(?:---|\.\.\.)/.test(written) ? 0 : own === undefined ? undefined : (/^ */.exec(written)?.[0].length ?? 0) + own;
    for (const each of comments.splice(0)) shift(each, column);
    shift(line);
  }
  for (const each of comments) shift(each);
  return edits.length && sameContent(text, applyEdits(text, edits)) ? edits : [];

  function shift(line: number, column?: number): void {
    const { start, end } = lineSpan(source, line);
    const lead = /^ */.exec(text.slice(start, end))?.[0].length ?? 0;
    const wanted = column ?? Math.max(0, lead + move);
    if (wanted !== lead) edits.push({ span: { start, end: start + lead }, text: ' '.repeat(wanted) });
  }
}

/** Whether a text still says what the file says: formatting that would change it is not done. */
function sameContent(before: string, after: string): boolean {
  const read = (text: string) => parseAllDocuments(text, { logLevel: 'silent' });
  const said = (all: readonly { toJS: () => unknown }[]): string => JSON.stringify(all.map((each) => each.toJS()));
  try {
    const documents = read(after);
    return documents.every(({ errors }) => !errors.length) && said(read(before)) === said(documents);
  } catch {
    return false;
  }
}
