import { MarkupKind, type MarkupContent } from 'vscode-languageserver';

/** The kinds of text a client shows, the one it likes best first; undefined where it does not say. */
export type Formats = readonly MarkupKind[] | undefined;

/** What is said in Markdown, as the client likes to have it. */
export const toMarkup = (markdown: string, formats: Formats): MarkupContent =>
  formats !== undefined && formats[0] !== MarkupKind.Markdown
    ? { kind: MarkupKind.PlainText, value: plain(markdown) }
    : { kind: MarkupKind.Markdown, value: markdown };

/** Our Markdown without its marks; code keeps what stands in it. */
function plain(markdown: string): string {
  return markdown
    .split(/^(```[\s\S]*?^```)$/m)
    .map((part, index) => (index % 2 ? part.replace(/^```.*\n?/gm, '').replace(/\n$/, '') : unmarked(part)))
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const unmarked = (text: string): string =>
  text
    .split(/(`[^`\n]+`)/)
    .map((part, index) =>
      index % 2 ? part.slice(1, -1) : part.replace(/\*\*([^*\n]+)\*\*/g, '$1').replace(/(^|[\s(])\*([^*\n]+)\*/gm, '$1$2'),
    )
    .join('')
    .replace(/\[([^\]\n]+)\]\((\S+?)\)/g, '$1 ($2)')
    .replace(/^-{3,}$/gm, '')
    .replace(/^\|[ |:-]*\|\n?/gm, '')
    .replace(/^\| *(.*?) *\|$/gm, (_, row: string) => row.replace(/ *\| */g, ': '));
