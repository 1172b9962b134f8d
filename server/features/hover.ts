import { beyondHover } from '../../src/assist/beyond.ts';
import { hover as cardAt } from '../../src/assist/hover.ts';
import { hoverIgnore } from '../../src/assist/ignoreComment.ts';
import { rules } from '../../src/rules/index.ts';
import { offsetAt } from '../../src/text/text.ts';
import { toHover } from '../convert.ts';
import type { Feature } from '../feature.ts';

/** What is under the pointer, and why the rules mind it. */
export const hover: Feature = ({ connection, documents, checker, capabilities, leaves }) => {
  const formats = capabilities.textDocument?.hover?.contentFormat;
  connection.onHover(({ textDocument: { uri }, position }) => {
    const open = documents.get(uri);
    if (!open) return null;
    const { document, root } = open;
    const offset = offsetAt(document.source, position);
    const whole = cardAt(document, offset, checker.world(root)) ?? hoverIgnore(document, offset, rules);
    const card = beyondHover(document, offset, whole, (assist) => leaves(open.languageId, assist));
    const found = checker.findings(open).filter(({ span }) => span.start <= offset && offset <= span.end);
    const why = [...new Set(found.map(({ rule }) => rule))].flatMap((id) => {
      const rule = id === 'syntax' ? undefined : rules.find((each) => each.id === id && each.language === document.language);
      return rule ? [`**${rule.title}** (${id})\n\n${rule.why}`] : [];
    });
    const span = card?.span ?? found[0]?.span;
    const parts = [...(card ? [card.markdown] : []), ...why];
    return span && parts.length ? toHover(document.source, { span, markdown: parts.join('\n\n---\n\n') }, formats) : null;
  });
};
