import type { Snippet } from '../../src/plan/snippets.ts';

/** `snippets/LANGUAGE.json` for VS Code’s Insert Snippet; without prefixes, since it would offer these anywhere (`client/vscode/snippets.ts`). */
export function snippetFiles(all: readonly Snippet[]): Map<string, string> {
  return new Map(
    (['dockerfile', 'compose'] as const).map((language) => {
      const own = all.filter((snippet) => snippet.language === language);
      const entries = own.map(({ name, shape, description, body }) => [
        name,
        { ...(shape === 'file' && { isFileTemplate: true }), description, body: body.split('\n') },
      ]);
      return [`snippets/${language}.json`, `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`];
    }),
  );
}
