import { CodeActionKind, TextDocumentSyncKind, type ClientCapabilities, type ServerCapabilities } from 'vscode-languageserver';
import { tokenTypes } from '../src/assist/model.ts';
import type { InitializationOptions } from '../src/protocol.ts';

// What the server says it can do. It is said before the features are loaded, so nothing here may need them.

const tokenModifiers = ['declaration', 'definition', 'deprecated'] as const;

export const fixAllKind = `${CodeActionKind.SourceFixAll}.mlContainers`;

/** The character at which a line is formatted while typing, and further ones. */
export const formatsAt = { firstTriggerCharacter: '\\', moreTriggerCharacter: ['`'] };

/** Whether the client asks for diagnostics; the others are sent them. */
export const pullsDiagnostics = ({ textDocument }: ClientCapabilities): boolean => textDocument?.diagnostic !== undefined;

/** Code actions without literals would be commands, which the server has none of. */
export const takesActions = ({ textDocument }: ClientCapabilities): boolean =>
  textDocument?.codeAction?.codeActionLiteralSupport !== undefined;

/** Whether the edit of an action may be left out until it is chosen. */
export const resolvesActions = ({ textDocument }: ClientCapabilities): boolean =>
  textDocument?.codeAction?.dataSupport === true && textDocument.codeAction.resolveSupport?.properties.includes('edit') === true;

/** Whether what a completion is about may be left out until it is looked at. */
export const resolvesCompletions = ({ textDocument }: ClientCapabilities): boolean =>
  textDocument?.completion?.completionItem?.resolveSupport?.properties.includes('documentation') === true;

/**
 * Whether formatting is registered when the settings are known: an editor asks its user which of two formatters to take, so where another
 * one is, ours is not there at all.
 */
export const registersFormatting = ({ workspace, textDocument }: ClientCapabilities, { leaveTo }: InitializationOptions): boolean => {
  const shared = Object.values(leaveTo ?? {}).some((assists) => assists.includes('formatting'));
  return (shared || workspace?.configuration === true) && textDocument?.formatting?.dynamicRegistration === true;
};

export function capabilitiesFor(client: ClientCapabilities, options: InitializationOptions): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(pullsDiagnostics(client) && {
      diagnosticProvider: { identifier: 'ml-containers', interFileDependencies: true, workspaceDiagnostics: false },
    }),
    ...(takesActions(client) && {
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, CodeActionKind.RefactorExtract, CodeActionKind.RefactorRewrite],
        resolveProvider: resolvesActions(client),
      },
    }),
    hoverProvider: true,
    completionProvider: {
      triggerCharacters: ['$', '{', '=', '-', ':', '/', ' ', ',', '#', '"', '@', '.'],
      resolveProvider: resolvesCompletions(client),
    },
    signatureHelpProvider: { triggerCharacters: ['[', ',', '"', ' ', '='], retriggerCharacters: [] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    semanticTokensProvider: { legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] }, full: true },
    ...(!registersFormatting(client, options) && {
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      documentOnTypeFormattingProvider: formatsAt,
    }),
    inlayHintProvider: true,
    workspaceSymbolProvider: true,
  };
}
