import type { Span } from '../../src/text/text.ts';

/** Splits `FROM «x»` into its text and the spans between guillemets; they may nest. */
export function marked(example: string): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  const open: number[] = [];
  let text = '';
  for (const char of example) {
    if (char === '«') open.push(text.length);
    else if (char === '»') spans.push({ start: open.pop() ?? 0, end: text.length });
    else text += char;
  }
  return { text, spans: spans.sort((a, b) => a.start - b.start || a.end - b.end) };
}
