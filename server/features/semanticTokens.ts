import { tokensInCompose } from '../../src/assist/compose/tokens.ts';
import { tokensInDockerfile } from '../../src/assist/dockerfile/tokens.ts';
import { tokenTypes } from '../../src/assist/model.ts';
import { lineAt } from '../../src/text/text.ts';
import type { Feature } from '../feature.ts';

/** Colours of Dockerfiles and Compose files by meaning. */
export const semanticTokens: Feature = ({ connection, documents }) => {
  connection.languages.semanticTokens.on(({ textDocument: { uri } }) => {
    const document = documents.get(uri)?.document;
    if (document?.language !== 'dockerfile' && document?.language !== 'compose') return { data: [] };
    const { source } = document;
    const tokens = document.language === 'dockerfile' ? tokensInDockerfile(document) : tokensInCompose(document);
    const data: number[] = [];
    let [line, character] = [0, 0];
    for (const { start, end, type, declaration, deprecated } of tokens) {
      const at = lineAt(source, start);
      const column = start - (source.lineStarts[at] ?? 0);
      data.push(
        at - line,
        at === line ? column - character : column,
        end - start,
        tokenTypes.indexOf(type),
        (declaration ? 1 : 0) + (deprecated ? 4 : 0),
      );
      [line, character] = [at, column];
    }
    return { data };
  });
};
