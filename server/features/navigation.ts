import { DocumentHighlightKind, type Location } from 'vscode-languageserver';
import { declaration } from '../../src/assist/declaration.ts';
import { named } from '../../src/assist/named.ts';
import { offsetAt, type Position } from '../../src/text/text.ts';
import { toRange, toTextEdit } from '../convert.ts';
import type { Feature } from '../feature.ts';

/** Definition, references, highlights and rename of names. */
export const navigation: Feature = ({ connection, documents }) => {
  const at = (uri: string, position: Position) => {
    const open = documents.get(uri);
    const found = open && named(open.document, offsetAt(open.document.source, position));
    return found && { found, source: open.document.source };
  };
  connection.onDefinition(({ textDocument: { uri }, position }): Location | null => {
    const name = at(uri, position);
    const target = name && declaration(name.found);
    return target ? { uri, range: toRange(name.source, target.span) } : null;
  });
  connection.onReferences(({ textDocument: { uri }, position, context }): Location[] => {
    const name = at(uri, position);
    const places = name?.found.places.filter(({ write }) => !write || context.includeDeclaration) ?? [];
    return name ? places.map(({ span }) => ({ uri, range: toRange(name.source, span) })) : [];
  });
  connection.onDocumentHighlight(({ textDocument: { uri }, position }) => {
    const name = at(uri, position);
    return name
      ? name.found.places.map(({ span, write }) => ({
          range: toRange(name.source, span),
          kind: write ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }))
      : null;
  });
  connection.onPrepareRename(({ textDocument: { uri }, position }) => {
    const name = at(uri, position);
    return name ? { range: toRange(name.source, name.found.span), placeholder: name.found.name } : null;
  });
  connection.onRenameRequest(({ textDocument: { uri }, position, newName }) => {
    const name = at(uri, position);
    if (!name) return null;
    return { changes: { [uri]: name.found.places.map(({ span }) => toTextEdit(name.source, { span, text: newName })) } };
  });
  return {
    capabilities: {
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      renameProvider: { prepareProvider: true },
    },
  };
};
