import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver';
import { refactoringsInDockerfile } from '../../src/assist/dockerfile/refactorings.ts';
import type { Refactoring } from '../../src/assist/model.ts';
import { difference } from '../../src/text/difference.ts';
import { suppress, suppressInFile } from '../../src/lint/suppress.ts';
import type { Finding } from '../../src/lint/rule.ts';
import { fixAll } from '../../src/lint/fixAll.ts';
import { offsetAt } from '../../src/text/text.ts';
import { toAction, toDiagnostic } from '../convert.ts';
import type { Feature } from '../feature.ts';

const fixAllKind = `${CodeActionKind.SourceFixAll}.mlContainers`;

const refactorKinds: Readonly<Record<Refactoring['kind'], CodeActionKind>> = {
  extract: CodeActionKind.RefactorExtract,
  rewrite: CodeActionKind.RefactorRewrite,
};

/** Quick fixes of the findings under the cursor, comments that switch them off, one action that applies every safe fix, and other ways to write what is selected. */
export const codeActions: Feature = ({ connection, documents, checker, capabilities }) => {
  if (!capabilities.textDocument?.codeAction?.codeActionLiteralSupport) return {};
  const wants = ({ context: { only } }: CodeActionParams, kind: string): boolean =>
    !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`) || asked === '');

  connection.onCodeAction((params) => {
    const open = documents.get(params.textDocument.uri);
    if (!open) return [];
    const { source } = open.document;
    const target = { uri: open.uri, source };
    const findings = checker.findings(open);
    const actions: CodeAction[] = [];
    const start = offsetAt(source, params.range.start);
    const end = offsetAt(source, params.range.end);
    if (wants(params, CodeActionKind.QuickFix)) {
      const here = findings.filter(({ span }) => span.start <= end && start <= span.end);
      actions.push(
        ...here.flatMap((finding) => quickFixes(finding)),
        ...ofRules(here),
        ...here.flatMap((finding) => suppressions(finding)),
      );
    }
    if (wants(params, fixAllKind)) {
      const fixed = checker.fixed(open);
      if (fixed !== undefined)
        actions.push(toAction(target, 'Fix everything that can be fixed safely', difference(source.text, fixed), { kind: fixAllKind }));
    }
    if (open.document.language === 'dockerfile' && Object.values(refactorKinds).some((kind) => wants(params, kind)))
      for (const { title, kind, edits } of refactoringsInDockerfile(open.document, { start, end }, checker.world(open.root)))
        if (wants(params, refactorKinds[kind])) actions.push(toAction(target, title, edits, { kind: refactorKinds[kind] }));
    return actions;

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
      ];
    }
  });

  return {
    capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, ...Object.values(refactorKinds)] } },
  };
};
