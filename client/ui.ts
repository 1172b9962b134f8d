import type { Invocation } from '../src/plan/invocation.ts';

/** A row to choose from. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly picked?: boolean;
  readonly value: T;
}

/** Everything a command may ask of the editor. The real one is `client/vscode/ui.ts`; tests pass a scripted one. */
export interface Ui {
  /** A modal question; true when the person chose `yes`. `detail` says what is lost. */
  confirm(question: string, yes: string, detail?: string): Promise<boolean>;
  pick<T>(title: string, choices: readonly Choice<T>[]): Promise<T | undefined>;
  pickMany<T>(title: string, choices: readonly Choice<T>[]): Promise<readonly T[] | undefined>;
  input(options: {
    readonly title: string;
    readonly prompt?: string;
    readonly value?: string;
    readonly validate?: (text: string) => string | undefined;
  }): Promise<string | undefined>;
  /** Shows that something goes on, with a button that aborts the signal. */
  progress<T>(title: string, work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>): Promise<T>;
  /** Says something; the label of the button the person pressed, if any. */
  info(message: string, ...buttons: readonly string[]): Promise<string | undefined>;
  warn(message: string, ...buttons: readonly string[]): Promise<string | undefined>;
  error(message: string, ...buttons: readonly string[]): Promise<string | undefined>;
  /** Opens a read-only text beside the editor; opening the same name again shows the new text. */
  showText(name: string, text: string): Promise<void>;
  /** Runs a program in a terminal that is the person's from then on. */
  terminal(title: string, command: Invocation): void;
  copy(text: string): Promise<void>;
  openUrl(url: string): Promise<void>;
}
