import { DocumentHighlightKind, ErrorCodes, ResponseError, type Location, type TextEdit } from 'vscode-languageserver';
import { sidesAt } from '../../src/assist/compose/sides.ts';
import { declaration } from '../../src/assist/declaration.ts';
import { everywhere } from '../../src/assist/everywhere.ts';
import type { FilePlace, NamedEverywhere } from '../../src/assist/model.ts';
import { named } from '../../src/assist/named.ts';
import { links } from '../../src/assist/outline.ts';
import { offsetAt, type Position } from '../../src/text/text.ts';
import { toRange, toTextEdit } from '../convert.ts';
import type { OpenDocument } from '../documents.ts';
import type { Feature } from '../feature.ts';

/** The network that services without one have: Compose knows it by its name. */
const isFixed = ({ kind, name }: NamedEverywhere): boolean => kind === 'network' && name === 'default';

/** Definition, references, highlights and rename of names, across files where they are one. */
export const navigation: Feature = ({ connection, documents, checker }) => {
  const at = (uri: string, position: Position): { readonly open: OpenDocument; readonly found: NamedEverywhere } | undefined => {
    const open = documents.get(uri);
    if (!open) return undefined;
    open.root.files.begin();
    const found = everywhere(open.document, offsetAt(open.document.source, position), checker.world(open.root));
    return found && { open, found };
  };
  const uriOf = ({ path, uri, root }: OpenDocument, { document: { source } }: FilePlace): string =>
    source.path === path ? uri : root.uriOf(source.path);
  const location = (open: OpenDocument, place: FilePlace): Location => ({
    uri: uriOf(open, place),
    range: toRange(place.document.source, place.span),
  });

  connection.onDefinition(({ textDocument: { uri }, position }): Location | Location[] | null => {
    const name = at(uri, position);
    if (!name) return fileAt(uri, position);
    const { open, found } = name;
    const own = declaration({ ...found, places: found.places.filter(({ document }) => document.source.path === open.path) });
    if (own) return { uri, range: toRange(open.document.source, own.span) };
    const others = found.places.filter(({ write }) => write).map((place) => location(open, place));
    return others.length ? others : null;
  });

  /** A path leads to its file. */
  function fileAt(uri: string, position: Position): Location | null {
    const open = documents.get(uri);
    if (open?.document.language !== 'compose' && open?.document.language !== 'dockerfile') return null;
    const offset = offsetAt(open.document.source, position);
    const link = links(open.document, open.root.files).find(({ span }) => span.start <= offset && offset <= span.end);
    if (link?.target.kind !== 'file' || open.root.files.read(link.target.path) === undefined) return null;
    const start = { line: 0, character: 0 };
    return { uri: open.root.uriOf(link.target.path), range: { start, end: start } };
  }

  connection.onReferences(({ textDocument: { uri }, position, context }): Location[] => {
    const name = at(uri, position);
    const places = name?.found.places.filter(({ write }) => !write || context.includeDeclaration) ?? [];
    return name ? places.map((place) => location(name.open, place)) : [];
  });
  connection.onDocumentHighlight(({ textDocument: { uri }, position }) => {
    const open = documents.get(uri);
    if (!open) return null;
    const { document } = open;
    const offset = offsetAt(document.source, position);
    const places = named(document, offset)?.places ?? (document.language === 'compose' ? sidesAt(document, offset) : undefined);
    return places
      ? places.map(({ span, write }) => ({
          range: toRange(document.source, span),
          kind: write ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }))
      : null;
  });
  connection.onPrepareRename(({ textDocument: { uri }, position }) => {
    const name = at(uri, position);
    return name && !isFixed(name.found)
      ? { range: toRange(name.open.document.source, name.found.span), placeholder: name.found.name }
      : null;
  });
  connection.onRenameRequest(({ textDocument: { uri }, position, newName }) => {
    const name = at(uri, position);
    if (!name) return null;
    const { open, found } = name;
    if (isFixed(found))
      return new ResponseError(
        ErrorCodes.InvalidRequest,
        'The network «default» is the one of services that name none: under another name it is another.',
      );
    if (open.document.language === 'compose' && found.kind !== 'anchor' && !/^[\w.-]+$/.test(newName))
      return new ResponseError(
        ErrorCodes.InvalidRequest,
        `«${newName}» is no name: it has letters, digits, dots, dashes and underscores only.`,
      );
    const changes: Record<string, TextEdit[]> = {};
    for (const place of found.places)
      (changes[uriOf(open, place)] ??= []).push(toTextEdit(place.document.source, { span: place.span, text: newName }));
    return { changes };
  });
};
