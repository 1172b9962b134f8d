import { SymbolKind, type SymbolInformation } from 'vscode-languageserver';
import { workspaceSymbols as symbolsIn, type WorkspaceSymbol } from '../../src/assist/workspaceSymbols.ts';
import { symbolKinds, toRange } from '../convert.ts';
import type { Feature } from '../feature.ts';

/** More would not be looked through; typing on narrows them down. */
const most = 500;

const kindOf = (kind: WorkspaceSymbol['kind']): SymbolKind => (kind === 'stage' ? SymbolKind.Module : symbolKinds[kind]);

/** Stages and services by name, in all folders. */
export const workspaceSymbols: Feature = ({ connection, roots }) => {
  connection.onWorkspaceSymbol(({ query }): SymbolInformation[] => {
    const found: SymbolInformation[] = [];
    for (const root of roots.all) {
      root.files.begin();
      for (const { name, kind, document, span } of symbolsIn(root.workspace, query)) {
        if (found.length === most) return found;
        const { source } = document;
        found.push({
          name,
          kind: kindOf(kind),
          location: { uri: root.uriOf(source.path), range: toRange(source, span) },
          containerName: source.path,
        });
      }
    }
    return found;
  });
};
