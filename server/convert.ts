import {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  InsertTextFormat,
  InsertTextMode,
  SymbolKind,
  type CodeAction,
  type CompletionItem,
  type Diagnostic,
  type Hover,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Card, Completion, CompletionKind, Symbol } from '../src/assist/model.ts';
import type { Finding, Severity } from '../src/lint/rule.ts';
import { positionAt, textBefore, type Edit, type Source, type Span } from '../src/text/text.ts';
import { toMarkup, type Formats } from './markup.ts';

// The only file that says the core's data in LSP's words.

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  property: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  enum: CompletionItemKind.EnumMember,
  variable: CompletionItemKind.Variable,
  stage: CompletionItemKind.Module,
  image: CompletionItemKind.Class,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  reference: CompletionItemKind.Reference,
  unit: CompletionItemKind.Unit,
};

export const symbolKinds: Readonly<Record<Symbol['kind'], SymbolKind>> = {
  directive: SymbolKind.Property,
  instruction: SymbolKind.Function,
  section: SymbolKind.Module,
  service: SymbolKind.Class,
  network: SymbolKind.Interface,
  volume: SymbolKind.File,
  secret: SymbolKind.Key,
  config: SymbolKind.Object,
  model: SymbolKind.Module,
  file: SymbolKind.Module,
};

export const toRange = (source: Source, { start, end }: Span): Range => ({
  start: positionAt(source, start),
  end: positionAt(source, end),
});

export const toTextEdit = (source: Source, { span, text }: Edit): TextEdit => ({ range: toRange(source, span), newText: text });

/** `pages`: where the page of each rule is, for a client that shows links. */
export const toDiagnostic = (source: Source, { span, message, rule, severity }: Finding, pages?: string): Diagnostic => ({
  range: toRange(source, span),
  message,
  code: rule,
  ...(pages !== undefined && { codeDescription: { href: `${pages}/${rule}.md` } }),
  source: 'ml-containers',
  severity: severities[severity],
});

export const toHover = (source: Source, { span, markdown }: Card, formats: Formats): Hover => ({
  contents: toMarkup(markdown, formats),
  range: toRange(source, span),
});

/** The edit of a completion, whose further lines are written with all their indentation. */
function inserted(source: Source, span: Span, text: string, asIs: boolean): Pick<CompletionItem, 'textEdit' | 'insertTextMode'> {
  if (!text.includes('\n')) return { textEdit: toTextEdit(source, { span, text }) };
  if (asIs) return { textEdit: toTextEdit(source, { span, text }), insertTextMode: InsertTextMode.asIs };
  const indent = /^[ \t]*/.exec(textBefore(source, span.start))?.[0] ?? '';
  return { textEdit: toTextEdit(source, { span, text: text.replaceAll(`\n${indent}`, '\n') }) };
}

/** What a client can show of a completion. */
export interface Shown {
  /** Whether it has tab stops. */
  readonly snippets: boolean;
  /** Whether it marks what is deprecated. */
  readonly deprecated: boolean;
  /** Whether it can be told to leave the further lines of a text as they are; it moves them in as far as the line at hand otherwise. */
  readonly asIs: boolean;
  readonly formats: Formats;
}

export const toCompletionItem = (source: Source, item: Completion, { snippets, deprecated, asIs, formats }: Shown): CompletionItem => ({
  label: item.label,
  kind: kinds[item.kind],
  ...inserted(source, item.span, snippets ? (item.snippet ?? item.text) : item.text, asIs),
  insertTextFormat: snippets && item.snippet !== undefined ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
  ...(item.detail !== undefined && { detail: item.detail }),
  ...(item.documentation !== undefined && { documentation: toMarkup(item.documentation, formats) }),
  ...(item.filter !== undefined && { filterText: item.filter }),
  ...(item.sort !== undefined && { sortText: item.sort }),
  ...(item.deprecated && deprecated && { tags: [1] }),
  ...(item.also && { additionalTextEdits: item.also.map((edit) => toTextEdit(source, edit)) }),
});

/** An action that edits one document. */
export function toAction(
  { uri, source }: { readonly uri: string; readonly source: Source },
  title: string,
  edits: readonly Edit[],
  more: Omit<CodeAction, 'title' | 'edit'> = { kind: CodeActionKind.QuickFix },
): CodeAction {
  return { title, ...more, edit: { changes: { [uri]: edits.map((edit) => toTextEdit(source, edit)) } } };
}

/** Edits of one file among several; `version` is null when it is not open. */
export interface FileChange {
  readonly uri: string;
  readonly source: Source;
  readonly version: number | null;
  readonly edits: readonly Edit[];
  readonly create?: boolean;
}

/** One step that changes several files, and makes those that are not there. */
export const toWorkspaceEdit = (files: readonly FileChange[]): WorkspaceEdit => ({
  documentChanges: files.flatMap(({ uri, source, version, edits, create }) => [
    ...(create ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }] : []),
    { textDocument: { uri, version }, edits: edits.map((edit) => toTextEdit(source, edit)) },
  ]),
});
