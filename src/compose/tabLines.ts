import { isCollection, isNode, isPair, isScalar, visit, type Document } from 'yaml';
import type { Fault } from './model.ts';

/**
 * Lines with nothing but a tab, or a comment behind one, for which Compose refuses a file: our reader takes them. Between brackets or quotes they
 * do no harm, nor do they behind a plain text, to the right of the column that it belongs to: it could go on there.
 */
export function tabFaults(text: string, documents: readonly Document[], offset = 0): readonly Fault[] {
  if (!/^ *\t[ \t]*(?:#.*)?\r?$/m.test(text)) return [];
  const found: Fault[] = [];
  const { inside, plain } = partsOf(documents, text);
  // The last line before that says something, and where it ends.
  let before = '';
  let end = 0;
  let start = 0;
  for (const line of text.split('\n')) {
    const at = start;
    start += line.length + 1;
    const [tabbed, comment] = /^ *\t[ \t]*(#.*)?\r?$/.exec(line) ?? [];
    const last = before;
    const lastEnd = end;
    if (/\S/.test(line)) [before, end] = [line, at + line.trimEnd().length];
    // Behind a comment Compose passes over some tabs and not over others.
    if (tabbed === undefined || /^\s*#/.test(last) || inside.some(([from, to]) => from < at && Math.min(at, lastEnd) < to)) continue;
    const column = line.indexOf('\t');
    if (column > (plain.get(lastEnd) ?? Infinity)) continue;
    const from = offset + at + column;
    found.push({
      span: { start: from, end: from + 1 },
      message: `A tab stands ${comment === undefined ? 'in this empty line' : 'before this comment'}, and Compose refuses the file for it: remove it.`,
      yaml: 'TAB_AS_INDENT',
    });
  }
  return found;
}

/** What is between brackets or quotes or behind `|` or `>`, and where plain texts end, each with the column that it belongs to. */
function partsOf(documents: readonly Document[], text: string) {
  const inside: (readonly [number, number])[] = [];
  const plain = new Map<number, number>();
  const columnAt = (offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  for (const document of documents)
    visit(document, (_, node, path) => {
      if (!isNode(node) || !node.range) return;
      const [from, to] = node.range;
      if (isCollection(node) ? node.flow : isScalar(node) && node.type !== 'PLAIN') inside.push([from, to]);
      else if (isScalar(node) && to > from) {
        const above = path.at(-1);
        const owner = isPair(above) ? above.key : above;
        const start = isNode(owner) ? owner.range?.[0] : undefined;
        plain.set(to, start === undefined ? -1 : columnAt(start));
      }
    });
  return { inside, plain };
}
