import { DocumentDiagnosticReportKind, type Diagnostic } from 'vscode-languageserver';
import { beyondYaml } from '../../src/assist/beyond.ts';
import { pullsDiagnostics } from '../capabilities.ts';
import { toDiagnostic } from '../convert.ts';
import type { OpenDocument } from '../documents.ts';
import type { Feature } from '../feature.ts';
import { ShellChecks } from '../shellChecks.ts';

/** Findings as diagnostics: pulled where the client can, pushed elsewhere. */
export const diagnostics: Feature = ({ connection, documents, checker, capabilities, options, leaves, ready, onNews }) => {
  const pulls = pullsDiagnostics(capabilities);
  const described = capabilities.textDocument?.publishDiagnostics?.codeDescriptionSupport === true;
  const pages = described ? options.rulePages : undefined;
  const of = (open: OpenDocument): Diagnostic[] =>
    beyondYaml(open.document, checker.findings(open), (assist) => leaves(open.languageId, assist)).map((finding) =>
      toDiagnostic(open.document.source, finding, pages),
    );
  const shellChecks = new ShellChecks(checker, (open) => {
    if (open.checked) open.checked = { ...open.checked, stale: true };
    if (pulls) refresh();
    else check(open);
  });

  const waiting = new Set<OpenDocument>();
  const shown = new WeakMap<OpenDocument, { readonly version: number; readonly items: readonly Diagnostic[] }>();
  let scheduled = true;
  void ready.then(() => {
    scheduled = false;
    schedule();
  });
  // One document a turn, so that the keystroke or the cancellation that came meanwhile is heard first.
  const push = (): void => {
    scheduled = false;
    const [open] = waiting;
    if (!open) return;
    waiting.delete(open);
    if (documents.get(open.uri) === open) publish(open);
    schedule();
  };
  const publish = (open: OpenDocument): void => {
    const items = of(open);
    const known = shown.get(open);
    if (known?.version === open.version && JSON.stringify(known.items) === JSON.stringify(items)) return;
    shellChecks.follow(open);
    shown.set(open, { version: open.version, items });
    void connection.sendDiagnostics({ uri: open.uri, version: open.version, diagnostics: items });
  };
  const schedule = (): void => {
    if (scheduled || !waiting.size) return;
    scheduled = true;
    setImmediate(push);
  };
  const check = (open: OpenDocument): void => {
    if (pulls) return;
    waiting.add(open);
    schedule();
  };
  const refresh = (): void => {
    if (pulls) {
      if (capabilities.workspace?.diagnostics?.refreshSupport) void connection.languages.diagnostics.refresh();
    } else for (const open of documents) check(open);
  };

  /** Documents that were checked against a file that has changed since. */
  let dependents: NodeJS.Timeout | undefined;
  const checkDependents = (changed: OpenDocument): void => {
    const stale = [...documents].filter((open) => open !== changed && open.root === changed.root && open.checked?.reads.has(changed.path));
    if (!stale.length) return;
    clearTimeout(dependents);
    dependents = setTimeout(() => {
      for (const open of stale) if (open.checked) open.checked = { ...open.checked, stale: true };
      if (pulls) refresh();
      else for (const open of stale) check(open);
    }, 150);
  };

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const open = documents.open(uri, languageId, version, text);
    if (open) check(open);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const open = documents.at(uri);
    if (!open) return;
    open.change(version, contentChanges);
    check(open);
    checkDependents(open);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const open = documents.close(uri);
    if (!open) return;
    shellChecks.drop(open);
    waiting.delete(open);
    if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    checkDependents(open);
  });

  // What was sent last, by number: a client that has it already is told so.
  let count = 0;
  const results = new WeakMap<object, string>();
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }) => {
    await ready;
    const open = documents.get(uri);
    if (!open) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const findings = checker.findings(open);
    shellChecks.follow(open);
    let resultId = results.get(findings);
    if (resultId === undefined) results.set(findings, (resultId = String(++count)));
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: of(open) };
  });

  onNews(refresh);
};
