import { complete } from '../../src/assist/complete.ts';
import { offsetAt } from '../../src/text/text.ts';
import { toCompletionItem } from '../convert.ts';
import type { Feature } from '../feature.ts';

/** What can stand at the cursor. */
export const completion: Feature = ({ connection, documents, checker, capabilities }) => {
  const snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const open = documents.get(uri);
    if (!open) return [];
    const { document, root } = open;
    root.files.begin();
    return complete(document, offsetAt(document.source, position), checker.world(root)).map((item) =>
      toCompletionItem(document.source, item, snippets),
    );
  });
  return { capabilities: { completionProvider: { triggerCharacters: ['$', '{', '=', '-', ':', '/', ' ', ',', '#', '"', '@'] } } };
};
