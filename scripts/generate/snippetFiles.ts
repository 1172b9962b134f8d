import type { Snippet } from '../../src/plan/snippets.ts';

/** `snippets/LANGUAGE.json`, as VS Code reads them. */
export function snippetFiles(all: readonly Snippet[]): Map<string, string> {
  return new Map(
    (['dockerfile', 'compose'] as const).map((language) => {
      const own = all.filter((snippet) => snippet.language === language);
      const entries = own.map(({ name, prefix, description, body }) => [name, { prefix, description, body: body.split('\n') }]);
      return [`snippets/${language}.json`, `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`];
    }),
  );
}
