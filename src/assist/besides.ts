import type { Document } from '../document.ts';
import { lineAt, lineSpan } from '../text/text.ts';
import type { Completion } from './model.ts';

/** An assist that is not given twice when another extension gives it too. */
export type Assist = 'completion' | 'hover' | 'formatting';

/** What other extensions give, by their ids. */
const others: Readonly<Record<string, Readonly<Partial<Record<'dockerfile' | 'compose', readonly Assist[]>>>>> = {
  'ms-azuretools.vscode-containers': { dockerfile: ['completion', 'hover', 'formatting'], compose: ['completion', 'hover', 'formatting'] },
  'ms-azuretools.vscode-docker': { dockerfile: ['completion', 'hover', 'formatting'], compose: ['completion', 'hover', 'formatting'] },
  // It has the keys of Compose from the schema store, and lays out any YAML.
  'redhat.vscode-yaml': { compose: ['completion', 'hover', 'formatting'] },
  'docker.docker': { compose: ['completion', 'hover', 'formatting'] },
};

/** What the installed extensions give already, by language. */
export function givenBy(installed: readonly string[]): Readonly<Record<'dockerfile' | 'compose', readonly Assist[]>> {
  const rows = installed.flatMap((id) => others[id.toLowerCase()] ?? []);
  const all = (language: 'dockerfile' | 'compose'): readonly Assist[] => [...new Set(rows.flatMap((row) => row[language] ?? []))];
  return { dockerfile: all('dockerfile'), compose: all('compose') };
}

/** The completions that the usual servers do not have: they know instructions, a few flags, variables and keys, but no values. */
export function beyondUsual(document: Document, offset: number, items: readonly Completion[]): readonly Completion[] {
  switch (document.language) {
    case 'dockerfile': {
      const { source } = document;
      const before = source.text.slice(lineSpan(source, lineAt(source, offset)).start, offset);
      const copies = /--from=\S*$/.test(before);
      return items.filter(({ kind, label }) => {
        if (kind === 'keyword') return label.startsWith('check');
        if (kind === 'variable') return !label.startsWith('$');
        if (kind === 'stage') return !copies;
        return !(kind === 'property' && usualFlags.test(label)) && !(kind === 'folder' && label.startsWith('/') && !copies);
      });
    }
    case 'compose':
      return items.filter(({ kind }) => kind !== 'property' && kind !== 'enum');
    default:
      return items;
  }
}

const usualFlags = /^--(?:chown|from|platform|interval|timeout|start-period|retries)=/;
