import { CompletionTriggerKind, InsertTextMode, type CompletionItem, type CompletionList } from 'vscode-languageserver';
import { beyondUsual } from '../../src/assist/beyond.ts';
import { complete, completeOn, isClosed } from '../../src/assist/complete.ts';
import { completeIgnore } from '../../src/assist/ignoreComment.ts';
import type { Completion } from '../../src/assist/model.ts';
import { rules } from '../../src/rules/index.ts';
import { offsetAt } from '../../src/text/text.ts';
import { resolvesCompletions } from '../capabilities.ts';
import { toCompletionItem, toRange } from '../convert.ts';
import type { Feature } from '../feature.ts';
import { toMarkup } from '../markup.ts';

/** Up to so many completions are said with all that there is to say about each. */
const few = 20;

/** What can stand at the cursor. */
export const completion: Feature = ({ connection, documents, checker, capabilities, leaves }) => {
  const { completionItem, completionList } = capabilities.textDocument?.completion ?? {};
  const formats = completionItem?.documentationFormat;
  const shown = {
    snippets: completionItem?.snippetSupport ?? false,
    deprecated: completionItem?.tagSupport?.valueSet.includes(1) ?? false,
    asIs: completionItem?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) ?? false,
    formats,
  };
  const later = resolvesCompletions(capabilities);
  const lists = completionList !== undefined;
  const once = completionList?.itemDefaults?.includes('editRange') === true;
  /** The last long list: what its completions are about is said when one is looked at. */
  let offered: readonly Completion[] = [];
  let number = 0;
  connection.onCompletion(({ textDocument: { uri }, position, context }): CompletionItem[] | CompletionList => {
    const open = documents.get(uri);
    if (!open) return [];
    const { document, root } = open;
    root.files.begin();
    const offset = offsetAt(document.source, position);
    const goesOn = context?.triggerKind === CompletionTriggerKind.TriggerForIncompleteCompletions || context?.triggerCharacter === '-';
    // There Enter takes nothing that changes nothing (`editor.acceptSuggestionOnEnter` is `smart`).
    const smart = /^docker(?:file|compose)$/.test(open.languageId);
    const world = checker.world(root);
    const items =
      completeIgnore(document, offset, rules) ?? (goesOn ? completeOn(document, offset, world, smart) : complete(document, offset, world));
    const given = beyondUsual(document, offset, items, (assist) => leaves(open.languageId, assist));
    const [first] = given;
    const long = given.length > few;
    if (long && later) {
      offered = given;
      number++;
    }
    const list = given.map((item, at): CompletionItem => {
      const { documentation, ...rest } = toCompletionItem(document.source, item, shown);
      if (documentation === undefined) return rest;
      return long && later ? { ...rest, data: { number, at } } : { ...rest, documentation };
    });
    // Where anything may be written it is asked for again with every key, which knows better than the editor what a begun word can become:
    // `$A` stays without braces, and what stands there already is offered no more. Where Enter takes what stands there, too.
    const isIncomplete = !(smart && isClosed(document, given));
    if (!lists) return list;
    if (!long || !once || !first || given.some(({ span }) => span.start !== first.span.start || span.end !== first.span.end))
      return { isIncomplete, items: list };
    return {
      isIncomplete,
      itemDefaults: { editRange: toRange(document.source, first.span) },
      items: list.map(({ textEdit, ...rest }) => ({ ...rest, ...(textEdit && { textEditText: textEdit.newText }) })),
    };
  });
  connection.onCompletionResolve((item) => {
    const asked = item.data as { readonly number: number; readonly at: number } | undefined;
    const documentation = asked?.number === number ? offered[asked.at]?.documentation : undefined;
    return documentation === undefined ? item : { ...item, documentation: toMarkup(documentation, formats) };
  });
};
