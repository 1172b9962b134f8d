import { hintsInCompose } from '../../src/assist/compose/hints.ts';
import { overrideHints, valueHints } from '../../src/assist/compose/valueHints.ts';
import { hintsInDockerfile } from '../../src/assist/dockerfile/hints.ts';
import { positionAt } from '../../src/text/text.ts';
import type { Feature } from '../feature.ts';

/** What variables come to, beside the text. */
export const inlayHints: Feature = ({ connection, documents, checker, capabilities, leaves, onNews }) => {
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }) => {
    const open = documents.get(uri);
    if (!open) return [];
    const { document, root } = open;
    const { source } = document;
    const hints =
      document.language === 'dockerfile'
        ? hintsInDockerfile(document, checker.world(root), {
            images: root.settings['hints.images'],
            userAndFolder: root.settings['hints.userAndFolder'],
          })
        : document.language === 'compose'
          ? [
              ...(root.settings['hints.inherited'] && !leaves(open.languageId, 'inherited') ? hintsInCompose(document) : []),
              ...(root.settings['hints.values'] ? valueHints(document, checker.world(root)) : []),
              ...(root.settings['hints.overridden'] ? overrideHints(document, checker.world(root)) : []),
            ]
          : [];
    return hints
      .map(({ offset, label, tooltip }) => ({
        position: positionAt(source, offset),
        label,
        paddingLeft: true,
        ...(tooltip && { tooltip }),
      }))
      .filter(({ position: { line } }) => range.start.line <= line && line <= range.end.line);
  });
  onNews(() => {
    if (capabilities.workspace?.inlayHint?.refreshSupport) void connection.languages.inlayHint.refresh();
  });
};
