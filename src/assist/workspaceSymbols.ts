import type { Document } from '../document.ts';
import type { Workspace } from '../lint/rule.ts';
import type { Span } from '../text/text.ts';
import type { Symbol } from './model.ts';
import { outline } from './outline.ts';

/** Something a workspace declares by name, and where. */
export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: Symbol['kind'] | 'stage';
  readonly document: Document;
  readonly span: Span;
}

/** The named stages of all Dockerfiles, and what all Compose files declare, whose names have the query's letters in order. */
export function workspaceSymbols(workspace: Workspace, query: string): readonly WorkspaceSymbol[] {
  const stages = workspace
    .dockerfiles()
    .flatMap((document) =>
      document.stages.flatMap(({ name }): WorkspaceSymbol[] =>
        name ? [{ name: name.value, kind: 'stage', document, span: name.span }] : [],
      ),
    );
  const declared = workspace
    .composeFiles()
    .flatMap((document) =>
      outline(document).flatMap(({ children }) =>
        children.map(({ name, kind, nameSpan }): WorkspaceSymbol => ({ name, kind, document, span: nameSpan })),
      ),
    );
  return [...stages, ...declared].filter(({ name }) => fits(name.toLowerCase(), query.toLowerCase()));
}

/** As editors filter: the letters may have others between them. */
function fits(name: string, query: string): boolean {
  let at = 0;
  for (const letter of query) {
    at = name.indexOf(letter, at) + 1;
    if (!at) return false;
  }
  return true;
}
