import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type FormattingOptions,
  type TextDocumentRegistrationOptions,
  type TextEdit,
} from 'vscode-languageserver';
import { formatCompose } from '../../src/assist/compose/format.ts';
import { formatAfterContinuation, formatDockerfile } from '../../src/assist/dockerfile/format.ts';
import { offsetAt } from '../../src/text/text.ts';
import { formatsAt, registersFormatting } from '../capabilities.ts';
import { toTextEdit } from '../convert.ts';
import type { Feature } from '../feature.ts';

/** What an editor calls the documents that are formatted. */
const selectors = [
  { language: 'dockerfile' },
  { language: 'dockercompose' },
  { language: 'yaml', pattern: '**/{compose,docker-compose}*.{yml,yaml}' },
] as const;

/** Formatting of documents, of ranges, and while typing. */
export const formatting: Feature = ({ connection, documents, capabilities, options, leaves, ready }) => {
  const format = (uri: string, { insertSpaces, tabSize }: FormattingOptions, first?: number, last?: number): TextEdit[] => {
    const open = documents.get(uri);
    if (!open) return [];
    const { document, root } = open;
    const ignoreMultiline = root.settings['format.ignoreMultiline'];
    switch (document.language) {
      case 'dockerfile':
        return formatDockerfile(document, { insertSpaces, tabSize, ignoreMultiline }, first, last).map((edit) =>
          toTextEdit(document.source, edit),
        );
      case 'compose':
        return formatCompose(document, tabSize, first, last).map((edit) => toTextEdit(document.source, edit));
      case 'requirements':
      case 'dockerignore':
      case 'devcontainer':
      case 'catalogue':
        return [];
    }
  };
  connection.onDocumentFormatting(({ textDocument: { uri }, options }) => format(uri, options));
  connection.onDocumentRangeFormatting(({ textDocument: { uri }, options, range }) =>
    format(uri, options, range.start.line, range.end.line),
  );
  connection.onDocumentOnTypeFormatting(({ textDocument: { uri }, position, ch, options }) => {
    const { document, root } = documents.get(uri) ?? {};
    if (document?.language !== 'dockerfile' || !root) return [];
    const asked = { ...options, ignoreMultiline: root.settings['format.ignoreMultiline'] };
    const edits = formatAfterContinuation(document, offsetAt(document.source, position), ch, asked);
    return edits.map((edit) => toTextEdit(document.source, edit));
  });
  // Of project files, YAML and JSON others are the formatters.
  if (registersFormatting(capabilities, options))
    void ready.then(() => {
      const documentSelector = selectors.filter(({ language }) => !leaves(language, 'formatting'));
      if (!documentSelector.length) return;
      const selected: TextDocumentRegistrationOptions = { documentSelector };
      void connection.client.register(DocumentFormattingRequest.type, selected);
      void connection.client.register(DocumentRangeFormattingRequest.type, selected);
      void connection.client.register(DocumentOnTypeFormattingRequest.type, { ...selected, ...formatsAt });
    });
};
