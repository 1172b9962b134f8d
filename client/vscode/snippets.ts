import * as vscode from 'vscode';
import { knowledge } from '../../src/knowledge/index.ts';
import { recipes } from '../../src/knowledge/tables/recipes.ts';
import { starters } from '../../src/knowledge/tables/starters.ts';
import { snippets, snippetsAt, type Snippet } from '../../src/plan/snippets.ts';

const languages: Readonly<Record<string, Snippet['language']>> = { dockerfile: 'dockerfile', dockercompose: 'compose' };

/** Offers snippets where a line is begun, and only those that fit there. */
export function registerSnippets(): vscode.Disposable {
  let all: readonly Snippet[] | undefined;
  return vscode.languages.registerCompletionItemProvider(Object.keys(languages), {
    provideCompletionItems(document, position) {
      const language = languages[document.languageId];
      if (!language) return undefined;
      const before = document.lineAt(position).text.slice(0, position.character);
      if (!/^\s*[a-z0-9]*$/.test(before)) return undefined;
      if (language === 'dockerfile' && position.line && /[\\`]\s*$/.test(document.lineAt(position.line - 1).text)) return undefined;
      all ??= snippets({ knowledge, recipes, starters });
      const range = new vscode.Range(position.translate(0, before.trimStart().length * -1), position);
      const items = snippetsAt(all, language, document.getText(), before).map(({ prefix, name, description, body }) => {
        const item = new vscode.CompletionItem({ label: prefix, description: name }, vscode.CompletionItemKind.Snippet);
        item.insertText = new vscode.SnippetString(body);
        item.range = range;
        item.sortText = `~${prefix}`;
        item.documentation = new vscode.MarkdownString(description).appendCodeblock(item.insertText.value, document.languageId);
        return item;
      });
      // Asked again with every key: the editor alone would keep what only has the letters somewhere.
      return new vscode.CompletionList(items, true);
    },
  });
}
