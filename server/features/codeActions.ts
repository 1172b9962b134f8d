import { CodeActionKind, type CodeAction, type Command, type CodeActionParams } from 'vscode-languageserver';
import { refactoringsInCompose } from '../../src/assist/compose/refactorings.ts';
import { refactoringsInDockerfile } from '../../src/assist/dockerfile/refactorings.ts';
import type { Refactoring } from '../../src/assist/model.ts';
import { difference } from '../../src/text/difference.ts';
import { suppress, suppressInFile } from '../../src/lint/suppress.ts';
import { switchOff } from '../../src/lint/switchOff.ts';
import type { Finding, World } from '../../src/lint/rule.ts';
import { fixAll } from '../../src/lint/fixAll.ts';
import type { Document } from '../../src/document.ts';
import { applyEdits, offsetAt, positionAt, source as sourceOf, type Edit, type Span } from '../../src/text/text.ts';
import { fixAllKind, resolvesActions, takesActions } from '../capabilities.ts';
import { toAction, toDiagnostic, toWorkspaceEdit, type FileChange } from '../convert.ts';
import type { OpenDocument } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { Root } from '../roots.ts';

const refactorKinds: Readonly<Record<Refactoring['kind'], CodeActionKind>> = {
  extract: CodeActionKind.RefactorExtract,
  rewrite: CodeActionKind.RefactorRewrite,
};

/** Quick fixes of the findings under the cursor, comments that switch them off, one action that applies every safe fix, and other ways to write what is selected. */
export const codeActions: Feature = ({ connection, documents, checker, capabilities, options: { settingsFile, renameCommand } }) => {
  if (!takesActions(capabilities)) return;
  const wants = ({ context: { only } }: CodeActionParams, kind: string): boolean =>
    !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`) || asked === '');

  const { documentChanges, resourceOperations } = capabilities.workspace?.workspaceEdit ?? {};
  const makesFiles = documentChanges === true && resourceOperations?.includes('create') === true;

  const later = resolvesActions(capabilities);
  const fixEverything = (action: CodeAction, open: OpenDocument): CodeAction => {
    const { source } = open.document;
    const edits = difference(source.text, checker.fixed(open) ?? source.text);
    return toAction({ uri: open.uri, source }, action.title, edits, { kind: fixAllKind });
  };

  connection.onCodeAction((params) => {
    const open = documents.get(params.textDocument.uri);
    if (!open) return [];
    const { source } = open.document;
    const target = { uri: open.uri, source };
    const findings = checker.findings(open);
    const actions: CodeAction[] = [];
    const start = offsetAt(source, params.range.start);
    const end = offsetAt(source, params.range.end);
    /** What the quick fixes do: another way to write it that comes to the same is not offered a second time. */
    const done = new Set<string>();
    if (wants(params, CodeActionKind.QuickFix)) {
      const here = findings.filter(({ span }) => span.start <= end && start <= span.end);
      for (const { fixes = [] } of here) for (const { edits } of fixes) done.add(JSON.stringify(edits));
      actions.push(
        ...here.flatMap((finding) => quickFixes(finding)),
        ...ofRules(here),
        ...here.flatMap((finding) => suppressions(finding)),
      );
    }
    if (wants(params, fixAllKind) && fixAll(findings).length) {
      const action = { title: 'Fix everything that can be fixed safely', kind: fixAllKind };
      // What the fixes come to is worked out when someone wants it.
      actions.push(later ? { ...action, data: open.uri } : fixEverything(action, open));
    }
    if (Object.values(refactorKinds).some((kind) => wants(params, kind))) {
      open.root.files.begin();
      for (const { title, kind, edits, others, named } of refactorings(open.document, { start, end }, checker.world(open.root))) {
        if (!wants(params, refactorKinds[kind]) || (!others?.length && done.has(JSON.stringify(edits)))) continue;
        const command = named === undefined ? undefined : renameAt(target, edits, named);
        const action = toAction(target, title, edits, { kind: refactorKinds[kind], ...(command && { command }) });
        if (!others?.length) actions.push(action);
        else if (makesFiles) {
          const files = others.map(({ path, edits: inFile }) => changed(open.root, path, inFile));
          actions.push({ ...action, edit: toWorkspaceEdit([{ ...target, version: open.version, edits }, ...files]) });
        }
      }
    }
    return actions;

    /** Asks for the name that an edit has brought, once the edit is there. */
    function renameAt({ uri, source: { path, text } }: typeof target, edits: readonly Edit[], offset: number): Command | undefined {
      if (renameCommand === undefined) return undefined;
      const position = positionAt(sourceOf(path, applyEdits(text, edits)), offset);
      return { title: 'Rename', command: renameCommand, arguments: [uri, position] };
    }

    function quickFixes(finding: Finding): CodeAction[] {
      return (finding.fixes ?? []).map(({ title, edits, safe }, index) =>
        toAction(target, title, edits, {
          kind: CodeActionKind.QuickFix,
          diagnostics: [toDiagnostic(source, finding)],
          ...(index === 0 && safe && { isPreferred: true }),
        }),
      );
    }

    /** The safe fixes of one rule in the whole file, when there are several. */
    function ofRules(here: readonly Finding[]): CodeAction[] {
      return [...new Set(here.map(({ rule }) => rule))].flatMap((rule) => {
        const all = findings.filter((each) => each.rule === rule && each.fixes?.some(({ safe }) => safe));
        if (all.length < 2) return [];
        const mine = here.filter((each) => each.rule === rule).map((each) => toDiagnostic(source, each));
        return [
          toAction(target, `Fix all ${all.length} «${rule}» in this file`, fixAll(all), {
            kind: CodeActionKind.QuickFix,
            diagnostics: mine,
          }),
        ];
      });
    }

    function suppressions(finding: Finding): CodeAction[] {
      if (finding.rule === 'syntax' || !open) return [];
      const about = { kind: CodeActionKind.QuickFix, diagnostics: [toDiagnostic(source, finding)] };
      return [
        toAction(target, `Ignore «${finding.rule}» here`, [suppress(open.document, finding)], about),
        toAction(target, `Ignore «${finding.rule}» in this file`, [suppressInFile(open.document, finding)], about),
        ...inFolder(finding, open.root).map((file) => ({
          title: `Switch «${finding.rule}» off in this folder’s settings`,
          ...about,
          edit: toWorkspaceEdit([file]),
        })),
      ];
    }

    /** What switches a rule off in the settings that the editor keeps in the folder. */
    function inFolder({ rule }: Finding, root: Root): readonly FileChange[] {
      if (settingsFile === undefined || !makesFiles || root.folder === undefined) return [];
      const edits = switchOff(root.files.read(settingsFile) ?? '', rule);
      return edits.length ? [changed(root, settingsFile, edits)] : [];
    }
  });

  if (later)
    connection.onCodeActionResolve((action) => {
      const open = typeof action.data === 'string' ? documents.get(action.data) : undefined;
      return open ? fixEverything(action, open) : action;
    });
};

function changed(root: Root, path: string, edits: readonly Edit[]): FileChange {
  const text = root.files.read(path);
  return { uri: root.uriOf(path), source: sourceOf(path, text ?? ''), version: null, create: text === undefined, edits };
}

function refactorings(document: Document, selection: Span, world: World): readonly Refactoring[] {
  switch (document.language) {
    case 'dockerfile':
      return refactoringsInDockerfile(document, selection, world);
    case 'compose':
      return refactoringsInCompose(document, selection, world);
    default:
      return [];
  }
}
