import type { LogLine } from './line.ts';

/** One of the containers whose lines a log shows. */
export interface LogSourceLabel {
  readonly name: string;
  /** Which of the theme's colours its name has: 1 to 6, and 9 to 14 for the bright ones. */
  readonly color: number;
}

/** What a log is and how it does, for the panel's head. */
export interface LogHead {
  /** Different for each log that is opened, so that lines of an earlier one are told apart. */
  readonly log: number;
  readonly title: string;
  readonly sources: readonly LogSourceLabel[];
  readonly state: 'idle' | 'following' | 'ended' | 'waiting' | 'failed';
  /** A sentence: why there is nothing, or how it ended. */
  readonly note?: string;
  readonly capacity: number;
}

/** What the extension tells the page. */
export type ToPage =
  | { readonly type: 'head'; readonly head: LogHead }
  | { readonly type: 'lines'; readonly log: number; readonly lines: readonly LogLine[] }
  /** What is being written now on a line that has not ended, by source; empty when nothing is. */
  | { readonly type: 'open'; readonly log: number; readonly lines: readonly Omit<LogLine, 'seq'>[] }
  | { readonly type: 'cleared'; readonly log: number; readonly next: number }
  | { readonly type: 'explained'; readonly seq: number; readonly cause: string; readonly fixes: readonly string[] }
  | { readonly type: 'find' };

/** What the page tells the extension. */
export type FromPage =
  /** The page is there and has the lines before `next` of that log. */
  | { readonly type: 'ready'; readonly log?: number; readonly next?: number }
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  | { readonly type: 'save'; readonly times: boolean; readonly stream: StreamFilter }
  | { readonly type: 'clear' }
  | { readonly type: 'choose' }
  | { readonly type: 'explain'; readonly seq: number };

export type StreamFilter = 'all' | 'err';
