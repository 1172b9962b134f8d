/** One line of a log as the panel keeps it. Plain data: it crosses from the extension to the page. */
export interface LogLine {
  /** Counts up from 0 for as long as the panel shows the same log. */
  readonly seq: number;
  readonly kind: 'out' | 'err' | 'mark';
  /** RFC 3339, as the engine wrote it; absent when it wrote none. */
  readonly time?: string;
  /** Which of several containers said it: an index into the log's sources. */
  readonly source: number;
  /** With its colours (SGR sequences), without any other control sequence. */
  readonly text: string;
  /** The id of what explains this line, when it is a known error. */
  readonly known?: string;
}

/** A line before it has its place in the log. */
export type LogEntry = Omit<LogLine, 'seq'>;
