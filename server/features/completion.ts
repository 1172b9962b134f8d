import { beyondUsual } from '../../src/assist/beyond.ts';
import { complete } from '../../src/assist/complete.ts';
import { completeIgnore } from '../../src/assist/ignoreComment.ts';
import { rules } from '../../src/rules/index.ts';
import { offsetAt } from '../../src/text/text.ts';
import { toCompletionItem } from '../convert.ts';
import type { Feature } from '../feature.ts';

/** What can stand at the cursor. */
export const completion: Feature = ({ connection, documents, checker, capabilities, leaves }) => {
  const snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const open = documents.get(uri);
    if (!open) return [];
    const { document, root } = open;
    root.files.begin();
    const offset = offsetAt(document.source, position);
    const items = completeIgnore(document, offset, rules) ?? complete(document, offset, checker.world(root));
    const given = beyondUsual(document, offset, items, (assist) => leaves(open.languageId, assist));
    return given.map((item) => toCompletionItem(document.source, item, snippets));
  });
  return {};
};
