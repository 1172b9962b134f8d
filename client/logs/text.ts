import { plain } from '../../src/text/terminal.ts';
import type { LogLine } from './line.ts';
import type { LogSourceLabel, StreamFilter } from './protocol.ts';

/** How lines are written where there are no colours: in a file, on the clipboard. */
export interface TextOptions {
  readonly times: boolean;
  readonly stream: StreamFilter;
}

export const isShown = ({ kind }: Pick<LogLine, 'kind'>, stream: StreamFilter): boolean => stream === 'all' || kind !== 'out';

function lineText(line: LogLine, sources: readonly LogSourceLabel[], times: boolean): string {
  const time = times && line.time !== undefined ? `${line.time} ` : '';
  if (line.kind === 'mark') return `${time}── ${plain(line.text)} ──`;
  const source = sources.length > 1 ? `${sources[line.source]?.name ?? ''} | ` : '';
  return `${time}${source}${plain(line.text)}`;
}

export function logText(lines: Iterable<LogLine>, sources: readonly LogSourceLabel[], { times, stream }: TextOptions): string {
  let text = '';
  for (const line of lines) if (isShown(line, stream)) text += `${lineText(line, sources, times)}\n`;
  return text;
}

/** A safe file name for what is saved. */
export function fileNameFor(title: string, now: Date): string {
  const word = title.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'log';
  return `${word}-${now.toISOString().slice(0, 19).replace(/[:T]/g, '-')}.log`;
}
