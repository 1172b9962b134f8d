import { DocumentSymbol, FoldingRangeKind, type DocumentLink, type FoldingRange, type SelectionRange } from 'vscode-languageserver';
import type { Link, Symbol } from '../../src/assist/model.ts';
import { folds, links, outline } from '../../src/assist/outline.ts';
import { enclosing } from '../../src/assist/selection.ts';
import { offsetAt, positionAt, type Source } from '../../src/text/text.ts';
import { symbolKinds, toRange } from '../convert.ts';
import type { Feature } from '../feature.ts';

/** Outline, folding, selection and links. */
export const structure: Feature = ({ connection, documents, capabilities, leaves }) => {
  const { rangeLimit, lineFoldingOnly } = capabilities.textDocument?.foldingRange ?? {};
  const nested = capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false;

  const symbol = (source: Source, { name, kind, detail = '', span, nameSpan, children }: Symbol): DocumentSymbol =>
    DocumentSymbol.create(
      name,
      detail,
      symbolKinds[kind],
      toRange(source, span),
      toRange(source, nameSpan),
      children.map((each) => symbol(source, each)),
    );
  const flat = (symbols: readonly Symbol[]): readonly Symbol[] => symbols.flatMap((each) => [each, ...flat(each.children)]);

  connection.onDocumentSymbol(({ textDocument: { uri } }) => {
    const open = documents.get(uri);
    if (!open || leaves(open.languageId, 'symbols')) return [];
    const { document } = open;
    const { source } = document;
    if (nested) return outline(document).map((each) => symbol(source, each));
    return flat(outline(document)).map(({ name, kind, span }) => ({
      name,
      kind: symbolKinds[kind],
      location: { uri, range: toRange(source, span) },
    }));
  });

  connection.onFoldingRanges(({ textDocument: { uri } }): FoldingRange[] | null => {
    const document = documents.get(uri)?.document;
    // With an answer, even an empty one, an editor no longer folds by indentation.
    if (document?.language !== 'dockerfile' && document?.language !== 'compose') return null;
    return folds(document)
      .slice(0, rangeLimit)
      .map(({ start, end, kind }) => {
        const [from, to] = [positionAt(document.source, start), positionAt(document.source, end)];
        return {
          startLine: from.line,
          endLine: to.line,
          ...(!lineFoldingOnly && { startCharacter: from.character, endCharacter: to.character }),
          ...(kind && { kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region }),
        };
      });
  });

  connection.onSelectionRanges(({ textDocument: { uri }, positions }): SelectionRange[] => {
    const document = documents.get(uri)?.document;
    if (!document) return [];
    return positions.map((position) => {
      let selection: SelectionRange | undefined;
      for (const span of enclosing(document, offsetAt(document.source, position)).toReversed())
        selection = { range: toRange(document.source, span), ...(selection && { parent: selection }) };
      return selection ?? { range: { start: position, end: position } };
    });
  });

  connection.onDocumentLinks(({ textDocument: { uri } }): DocumentLink[] => {
    const open = documents.get(uri);
    if (!open) return [];
    // An editor cannot open a folder.
    const isFile = ({ target }: Link): boolean => target.kind === 'page' || open.root.files.list(target.path) === undefined;
    open.root.files.begin();
    return links(open.document, open.root.files)
      .filter(isFile)
      .map(({ span, target }) => ({
        range: toRange(open.document.source, span),
        target: target.kind === 'page' ? target.url : open.root.uriOf(target.path),
      }));
  });
};
