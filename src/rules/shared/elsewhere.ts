import { lineAt, type Source, type Span } from '../../text/text.ts';

/** ` (lines 9 and 14 too)`: where else in the file the same holds, for a finding that is reported once. Empty when nowhere. */
export function elsewhere(source: Source, spans: readonly Span[]): string {
  const lines = [...new Set(spans.map(({ start }) => lineAt(source, start) + 1))];
  if (!lines.length) return '';
  const last = lines.length > 1 ? ` and ${lines.at(-1) ?? ''}` : '';
  return ` (line${last ? 's' : ''} ${lines.slice(0, last ? -1 : undefined).join(', ')}${last} too)`;
}
